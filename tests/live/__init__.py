"""The live component on a page of its own: data to show and a server that answers as the app does."""
