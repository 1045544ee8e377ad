/*
summary = "Write-offs, recoveries and disbursements of each month, from loan transactions."
table   = "loan_transactions"
dims    = ["branch_id", "product_id"]

[stocks]

[flows]
write_offs  = "loan_transactions.amount"
recoveries  = "loan_transactions.amount"
disbursed   = "loan_transactions.amount"
repaid      = "loan_transactions.amount"
*/
SELECT
    x.institution_id,
    last_day(x.txn_on) AS period,
    'main' AS cut,
    x.branch_id,
    x.product_id,
    sum(if(x.txn_type = 'write_off', coalesce(x.principal, x.amount), 0))::DOUBLE AS write_offs,
    sum(if(x.txn_type = 'recovery', x.amount, 0))::DOUBLE AS recoveries,
    sum(if(x.txn_type = 'disbursement', x.amount, 0))::DOUBLE AS disbursed,
    sum(if(x.txn_type = 'repayment', x.amount, 0))::DOUBLE AS repaid
FROM loan_transactions AS x
JOIN touched AS t ON t.institution_id = x.institution_id AND t.month = last_day(x.txn_on)
WHERE NOT coalesce(x.reversed, false)
GROUP BY ALL
