"""Disclosures: what the institution tells investors, donors, regulators and clients, each value traced and signed for.

`template` says what is asked, `fill` answers from the data, `book` keeps who prepared, approved and published it, and
`writing` makes the document that the four forms print.
"""
