/*
summary = "Board members at each month-end."
table   = "board"
dims    = []
every_month = true       # one list of people tells every month

[stocks]
board_members      = "board.gender"
board_women        = "board.gender"

[flows]
*/
SELECT
    b.institution_id,
    d.day AS period,
    'main' AS cut,
    sum(if(b.gender IN ('F', 'M', 'X'), 1, 0)) AS board_members,
    sum(if(b.gender = 'F', 1, 0)) AS board_women
FROM board AS b
SEMI JOIN touched AS t ON t.institution_id = b.institution_id
JOIN calendar AS d
    ON d.institution_id = b.institution_id AND b.since <= d.day AND (b.until IS NULL OR b.until >= d.day)
GROUP BY ALL
