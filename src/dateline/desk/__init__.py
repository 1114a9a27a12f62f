"""desk: record → pages in a browser (docs/desk.md). Needs `pip install 'dateline[desk]'`."""
