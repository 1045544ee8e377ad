"""Evenkeel's engine: spreadsheets in, indicators, scores and the balance out. Never imports streamlit."""
