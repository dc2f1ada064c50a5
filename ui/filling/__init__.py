"""Reading a filled-in workbook, a reply or an answers file into an audit."""
