"""placeholder"""
def show(screen, picture): 
    import streamlit as st
    with st.container(key="strip"): st.html("<div style='height:96px'></div>")
