"""Counting passages: what is counted of all of them, held in this process column by column.

A base reads a hundred thousand wide rows to count them; here the few fields that counts need lie side by side.
`schema` lays what notes in the base which rows were written, `notes` asks it; `held` reads those again before each
count, so that no figure is older than the request that shows it; `asked` finds the rows that a query asks for.
"""
