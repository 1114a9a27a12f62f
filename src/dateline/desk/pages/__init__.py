"""The pages: each function takes what was asked and gives the data that its template and its JSON twin show."""
