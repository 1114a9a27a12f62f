"""All SQL of the desk, one module a group of pages. Pages ask these functions and know no table."""
