/*
summary = "Poverty likelihoods (PPI) at each month-end: the newest of each active client, and of the two newest rounds."
table   = "client_surveys"
dims    = ["branch_id", "gender", "location"]
every_month = true

[stocks]
ppi_clients     = "client_surveys.client_id"
poor_n          = "client_surveys.question_key"
poor_weight     = "ppi_lookups.likelihood"
poor_squares    = "ppi_lookups.likelihood"
poor_first      = "ppi_lookups.likelihood"
poor_national   = "ppi_lookups.likelihood"
poor_extreme    = "ppi_lookups.likelihood"
poor_190        = "ppi_lookups.likelihood"
poor_320        = "ppi_lookups.likelihood"
poor_550        = "ppi_lookups.likelihood"
poor_215        = "ppi_lookups.likelihood"
poor_365        = "ppi_lookups.likelihood"
poor_685        = "ppi_lookups.likelihood"
area_weight     = "ppi_rates.rate"
area_first      = "ppi_rates.rate"
area_national   = "ppi_rates.rate"
area_extreme    = "ppi_rates.rate"
area_190        = "ppi_rates.rate"
area_320        = "ppi_rates.rate"
area_550        = "ppi_rates.rate"
area_215        = "ppi_rates.rate"
area_365        = "ppi_rates.rate"
area_685        = "ppi_rates.rate"
new_n           = "client_surveys.question_key"
new_weight      = "ppi_lookups.likelihood"
new_squares     = "ppi_lookups.likelihood"
new_first       = "ppi_lookups.likelihood"
new_national    = "ppi_lookups.likelihood"
new_extreme     = "ppi_lookups.likelihood"
new_190         = "ppi_lookups.likelihood"
new_320         = "ppi_lookups.likelihood"
new_550         = "ppi_lookups.likelihood"
new_215         = "ppi_lookups.likelihood"
new_365         = "ppi_lookups.likelihood"
new_685         = "ppi_lookups.likelihood"
round_n         = "client_surveys.question_key"
round_weight    = "ppi_lookups.likelihood"
round_squares   = "ppi_lookups.likelihood"
round_first     = "ppi_lookups.likelihood"
round_national  = "ppi_lookups.likelihood"
round_extreme   = "ppi_lookups.likelihood"
round_190       = "ppi_lookups.likelihood"
round_320       = "ppi_lookups.likelihood"
round_550       = "ppi_lookups.likelihood"
round_215       = "ppi_lookups.likelihood"
round_365       = "ppi_lookups.likelihood"
round_685       = "ppi_lookups.likelihood"
before_n        = "client_surveys.question_key"
before_weight   = "ppi_lookups.likelihood"
before_squares  = "ppi_lookups.likelihood"
before_first    = "ppi_lookups.likelihood"
before_national = "ppi_lookups.likelihood"
before_extreme  = "ppi_lookups.likelihood"
before_190      = "ppi_lookups.likelihood"
before_320      = "ppi_lookups.likelihood"
before_550      = "ppi_lookups.likelihood"
before_215      = "ppi_lookups.likelihood"
before_365      = "ppi_lookups.likelihood"
before_685      = "ppi_lookups.likelihood"

[flows]
ppi_unscored    = "client_surveys.answer_text"
*/
WITH card AS (
    -- The scorecard that was landed last is in use.
    SELECT l.institution_id, arg_max(l.scorecard, l.batch_id) AS scorecard
    FROM ppi_lookups AS l SEMI JOIN touched AS t ON t.institution_id = l.institution_id GROUP BY l.institution_id
),
lookup AS (
    SELECT l.institution_id, l.variant, l.line, l.line_no, l.score, l.likelihood
    FROM ppi_lookups AS l JOIN card USING (institution_id, scorecard)
),
line AS (
    -- The lines that have a place of their own; a scorecard's first line has two.
    SELECT * FROM (
        SELECT institution_id, line, line_no,
            unnest(list_filter([if(line_no = 1, 1, 0), kind], lambda x: x > 0)) AS place
        FROM (SELECT DISTINCT institution_id, line, line_no, CASE
            WHEN regexp_matches(line, '(?i)^(extr|food|aliment)') THEN 3
            WHEN regexp_matches(line, '(?i)na[ct]ional') AND NOT regexp_matches(line, '\d') THEN 2
            WHEN regexp_matches(line, '1[.,]90?\b') THEN 4 WHEN regexp_matches(line, '3[.,]20?\b') THEN 5
            WHEN regexp_matches(line, '5[.,]50?\b') THEN 6 WHEN regexp_matches(line, '2[.,]15\b') THEN 7
            WHEN regexp_matches(line, '3[.,]65\b') THEN 8 WHEN regexp_matches(line, '6[.,]85\b') THEN 9 END AS kind
            FROM lookup))
    QUALIFY row_number() OVER (PARTITION BY institution_id, place ORDER BY line_no) = 1
),
points AS (
    SELECT s.institution_id, s.variant, s.line, s.question_no, s.response, s.points
    FROM ppi_scorecards AS s JOIN card USING (institution_id, scorecard)
),
version AS (
    SELECT institution_id, variant, count(DISTINCT question_no) AS questions FROM points GROUP BY ALL
),
choice AS (
    -- What an answer may say: the response, the response without its letter, the letter; if it says no other.
    SELECT * FROM (
        SELECT DISTINCT institution_id, variant, question_no, response, unnest(list_transform(
            [response, regexp_replace(response, '^[A-Z]{1,2}(\.\s*|\)\s*|\s+)', ''),
                regexp_extract(response, '^([A-Z]{1,2})(\.|\)|\s)', 1)],
            lambda x: trim(regexp_replace(lower(strip_accents(x)), '[^\p{L}\p{N}]+', ' ', 'g')))) AS word
        FROM points)
    QUALIFY count(*) OVER (PARTITION BY institution_id, variant, question_no, word) = 1
),
given AS (
    SELECT
        s.institution_id, s.survey_id, s.response_id, s.question_key, s.answer_num, s.client_id, s.branch_id,
        s.gender::VARCHAR AS gender, s.location::VARCHAR AS location, s.answered_on, coalesce(s.weight, 1) AS weight,
        try_cast(regexp_extract(s.question_key, '^ppi_([0-9]+)$', 1) AS INTEGER) AS question_no,
        list_transform([coalesce(s.answer_text, ''), coalesce(s.answer_code, '')],
            lambda x: trim(regexp_replace(lower(strip_accents(x)), '[^\p{L}\p{N}]+', ' ', 'g'))) AS words,
        -- A letter that was lost on the way (Ou?m?) may be any; two letters at least must be left.
        if(regexp_matches(s.answer_text, '[?�]') AND regexp_matches(s.answer_text, '\p{L}.*\p{L}'),
            trim(regexp_replace(regexp_replace(lower(strip_accents(s.answer_text)), '[^\p{L}\p{N}?�]+', ' ', 'g'),
                '[?�]+', '%', 'g')), NULL) AS pattern
    FROM client_surveys AS s JOIN card USING (institution_id)
    WHERE s.survey_type = 'ppi' AND s.question_key LIKE 'ppi@_%' ESCAPE '@'
),
matched AS (
    SELECT g.institution_id, g.survey_id, g.response_id, c.variant, g.question_no, any_value(c.response) AS response
    FROM given AS g JOIN choice AS c
        ON c.institution_id = g.institution_id AND c.question_no = g.question_no AND c.word <> ''
        AND (list_contains(g.words, c.word) OR c.word LIKE g.pattern)
    GROUP BY ALL HAVING count(DISTINCT c.response) = 1
),
complete AS (
    -- A version counts where all its questions, and no other, are answered.
    SELECT m.institution_id, m.survey_id, m.response_id, m.variant
    FROM matched AS m JOIN version AS v USING (institution_id, variant)
    JOIN (SELECT institution_id, survey_id, response_id, count(DISTINCT question_no) AS asked FROM given
        WHERE question_no IS NOT NULL GROUP BY ALL) AS g USING (institution_id, survey_id, response_id)
    GROUP BY ALL HAVING count(*) = any_value(v.questions) AND count(*) = any_value(g.asked)
),
score AS (
    SELECT c.institution_id, c.survey_id, c.response_id, c.variant, p.line, least(sum(p.points), 100) AS score
    FROM complete AS c
    JOIN matched AS m USING (institution_id, survey_id, response_id, variant)
    JOIN points AS p USING (institution_id, variant, question_no, response)
    GROUP BY ALL
    UNION ALL
    -- A ready score serves every line only where all lines share their points, and there is one version.
    SELECT g.institution_id, g.survey_id, g.response_id, v.variant, l.line, least(g.answer_num, 100)::INTEGER
    FROM given AS g JOIN version AS v USING (institution_id)
    JOIN (SELECT DISTINCT institution_id, variant, line FROM lookup) AS l USING (institution_id, variant)
    WHERE g.question_key = 'ppi_score' AND g.answer_num >= 0
        AND g.institution_id NOT IN (SELECT institution_id FROM version GROUP BY ALL HAVING count(*) > 1)
        AND g.institution_id NOT IN (SELECT institution_id FROM points
            GROUP BY institution_id, question_no, response HAVING min(points) < max(points))
        AND (g.institution_id, g.survey_id, g.response_id) NOT IN (
            SELECT institution_id, survey_id, response_id FROM complete)
),
likely AS (
    SELECT s.institution_id, s.survey_id, s.response_id,
        [max(if(place = 1, x, NULL)), max(if(place = 2, x, NULL)), max(if(place = 3, x, NULL)),
            max(if(place = 4, x, NULL)), max(if(place = 5, x, NULL)), max(if(place = 6, x, NULL)),
            max(if(place = 7, x, NULL)), max(if(place = 8, x, NULL)), max(if(place = 9, x, NULL))] AS p
    FROM (SELECT s.*, l.likelihood AS x, n.place FROM score AS s
        JOIN lookup AS l USING (institution_id, variant, line, score) JOIN line AS n USING (institution_id, line)) AS s
    GROUP BY ALL
),
rate AS (
    -- Rates of households before those of persons, the newest year; "Region V - Bicol" is named Bicol, too.
    SELECT institution_id, area,
        [max(if(place = 1, x, NULL)), max(if(place = 2, x, NULL)), max(if(place = 3, x, NULL)),
            max(if(place = 4, x, NULL)), max(if(place = 5, x, NULL)), max(if(place = 6, x, NULL)),
            max(if(place = 7, x, NULL)), max(if(place = 8, x, NULL)), max(if(place = 9, x, NULL))] AS r
    FROM (
        SELECT * FROM (
            SELECT r.institution_id, r.estimate, r.year, n.place, r.rate AS x,
                trim(regexp_replace(lower(strip_accents(regexp_replace(r.area, '^.* [-–] ', ''))),
                    '[^\p{L}\p{N}]+', ' ', 'g')) AS area
            FROM ppi_rates AS r JOIN card USING (institution_id, scorecard) JOIN line AS n USING (institution_id, line))
        QUALIFY row_number() OVER (PARTITION BY institution_id, area, place
            ORDER BY estimate = 'household' DESC NULLS LAST, year DESC NULLS LAST) = 1)
    GROUP BY ALL
),
asked AS (
    SELECT
        g.institution_id, g.survey_id, g.response_id, any_value(g.client_id) AS client_id,
        coalesce(any_value(c.branch_id), any_value(g.branch_id)) AS branch_id,
        coalesce(any_value(c.gender)::VARCHAR, any_value(g.gender), 'unknown') AS gender,
        coalesce(any_value(c.location)::VARCHAR, any_value(g.location), 'unknown') AS location,
        max(g.answered_on) AS answered_on, max(g.weight) AS weight,
        any_value(c.joined_on) AS joined_on, any_value(c.exited_on) AS exited_on
    FROM given AS g LEFT JOIN clients AS c ON c.institution_id = g.institution_id AND c.client_id = g.client_id
    GROUP BY ALL
),
seen AS (
    SELECT a.*, k.p, coalesce(own.r, country.r) AS r,
        coalesce('c' || a.client_id, 'r' || a.survey_id || '/' || a.response_id) AS person
    FROM asked AS a
    LEFT JOIN likely AS k USING (institution_id, survey_id, response_id)
    LEFT JOIN branches AS b ON b.institution_id = a.institution_id AND b.branch_id = a.branch_id
    LEFT JOIN rate AS own ON own.institution_id = a.institution_id AND own.area
        = trim(regexp_replace(lower(strip_accents(b.region)), '[^\p{L}\p{N}]+', ' ', 'g'))
    LEFT JOIN rate AS country ON country.institution_id = a.institution_id AND country.area IN ('national', 'nacional')
),
borrower AS (
    SELECT DISTINCT l.institution_id, l.as_of, l.client_id
    FROM loans AS l SEMI JOIN seen AS s ON s.institution_id = l.institution_id AND s.client_id = l.client_id
    WHERE coalesce(l.status, 'active') IN ('active', 'rescheduled') AND l.principal_outstanding > 0
),
snapshot AS (
    SELECT DISTINCT l.institution_id, l.as_of FROM loans AS l SEMI JOIN card AS c ON c.institution_id = l.institution_id
),
standing AS (
    -- Each client once, by the newest answers of the last three years; who has no loan any more is out.
    SELECT d.day, 'standing' AS role, coalesce(s.joined_on > d.day - INTERVAL 12 MONTH, false) AS is_new, s.*
    FROM seen AS s
    JOIN calendar AS d ON d.institution_id = s.institution_id
        AND s.answered_on <= d.day AND s.answered_on > d.day - INTERVAL 36 MONTH
    LEFT JOIN borrower AS b
        ON b.institution_id = s.institution_id AND b.client_id = s.client_id AND b.as_of = d.day
    LEFT JOIN snapshot AS x ON x.institution_id = s.institution_id AND x.as_of = d.day
    WHERE s.p IS NOT NULL AND (s.client_id IS NULL OR b.client_id IS NOT NULL
        OR (x.as_of IS NULL AND coalesce(s.joined_on <= d.day, true) AND coalesce(s.exited_on > d.day, true)))
    QUALIFY row_number() OVER (
        PARTITION BY s.institution_id, d.day, s.person ORDER BY s.answered_on DESC, s.survey_id DESC) = 1
),
survey AS (
    SELECT s.institution_id, d.day, s.survey_id,
        row_number() OVER (PARTITION BY s.institution_id, d.day ORDER BY s.ended DESC, s.survey_id DESC) AS place
    FROM (SELECT institution_id, survey_id, max(answered_on) AS ended FROM seen WHERE p IS NOT NULL GROUP BY ALL) AS s
    JOIN calendar AS d ON d.institution_id = s.institution_id AND s.ended <= d.day
),
counted AS (
    SELECT * FROM standing
    UNION ALL
    SELECT v.day, if(v.place = 1, 'newest', 'before'), false, s.*
    FROM seen AS s JOIN survey AS v USING (institution_id, survey_id) WHERE s.p IS NOT NULL AND v.place <= 2
    UNION ALL
    SELECT d.day, 'unscored', false, s.*
    FROM seen AS s JOIN calendar AS d ON d.institution_id = s.institution_id AND d.month = last_day(s.answered_on)
    WHERE s.p IS NULL
)
SELECT
    institution_id,
    day AS period,
    'main' AS cut,
    branch_id, gender, location,
    sum(if(role = 'standing' AND client_id IS NOT NULL, 1, 0)) AS ppi_clients,
    sum(if(role = 'standing', 1, 0)) AS poor_n, sum(if(role = 'standing', weight, NULL)) AS poor_weight,
    sum(if(role = 'standing', weight * weight, NULL)) AS poor_squares,
    sum(if(role = 'standing', weight * p[1], NULL)) AS poor_first,
    sum(if(role = 'standing', weight * p[2], NULL)) AS poor_national,
    sum(if(role = 'standing', weight * p[3], NULL)) AS poor_extreme,
    sum(if(role = 'standing', weight * p[4], NULL)) AS poor_190,
    sum(if(role = 'standing', weight * p[5], NULL)) AS poor_320,
    sum(if(role = 'standing', weight * p[6], NULL)) AS poor_550,
    sum(if(role = 'standing', weight * p[7], NULL)) AS poor_215,
    sum(if(role = 'standing', weight * p[8], NULL)) AS poor_365,
    sum(if(role = 'standing', weight * p[9], NULL)) AS poor_685,
    sum(if(role = 'standing' AND r IS NOT NULL, weight, NULL)) AS area_weight,
    sum(if(role = 'standing', weight * r[1], NULL)) AS area_first,
    sum(if(role = 'standing', weight * r[2], NULL)) AS area_national,
    sum(if(role = 'standing', weight * r[3], NULL)) AS area_extreme,
    sum(if(role = 'standing', weight * r[4], NULL)) AS area_190,
    sum(if(role = 'standing', weight * r[5], NULL)) AS area_320,
    sum(if(role = 'standing', weight * r[6], NULL)) AS area_550,
    sum(if(role = 'standing', weight * r[7], NULL)) AS area_215,
    sum(if(role = 'standing', weight * r[8], NULL)) AS area_365,
    sum(if(role = 'standing', weight * r[9], NULL)) AS area_685,
    sum(if(role = 'standing' AND is_new, 1, 0)) AS new_n,
    sum(if(role = 'standing' AND is_new, weight, NULL)) AS new_weight,
    sum(if(role = 'standing' AND is_new, weight * weight, NULL)) AS new_squares,
    sum(if(role = 'standing' AND is_new, weight * p[1], NULL)) AS new_first,
    sum(if(role = 'standing' AND is_new, weight * p[2], NULL)) AS new_national,
    sum(if(role = 'standing' AND is_new, weight * p[3], NULL)) AS new_extreme,
    sum(if(role = 'standing' AND is_new, weight * p[4], NULL)) AS new_190,
    sum(if(role = 'standing' AND is_new, weight * p[5], NULL)) AS new_320,
    sum(if(role = 'standing' AND is_new, weight * p[6], NULL)) AS new_550,
    sum(if(role = 'standing' AND is_new, weight * p[7], NULL)) AS new_215,
    sum(if(role = 'standing' AND is_new, weight * p[8], NULL)) AS new_365,
    sum(if(role = 'standing' AND is_new, weight * p[9], NULL)) AS new_685,
    sum(if(role = 'newest', 1, 0)) AS round_n, sum(if(role = 'newest', weight, NULL)) AS round_weight,
    sum(if(role = 'newest', weight * weight, NULL)) AS round_squares,
    sum(if(role = 'newest', weight * p[1], NULL)) AS round_first,
    sum(if(role = 'newest', weight * p[2], NULL)) AS round_national,
    sum(if(role = 'newest', weight * p[3], NULL)) AS round_extreme,
    sum(if(role = 'newest', weight * p[4], NULL)) AS round_190,
    sum(if(role = 'newest', weight * p[5], NULL)) AS round_320,
    sum(if(role = 'newest', weight * p[6], NULL)) AS round_550,
    sum(if(role = 'newest', weight * p[7], NULL)) AS round_215,
    sum(if(role = 'newest', weight * p[8], NULL)) AS round_365,
    sum(if(role = 'newest', weight * p[9], NULL)) AS round_685,
    sum(if(role = 'before', 1, 0)) AS before_n, sum(if(role = 'before', weight, NULL)) AS before_weight,
    sum(if(role = 'before', weight * weight, NULL)) AS before_squares,
    sum(if(role = 'before', weight * p[1], NULL)) AS before_first,
    sum(if(role = 'before', weight * p[2], NULL)) AS before_national,
    sum(if(role = 'before', weight * p[3], NULL)) AS before_extreme,
    sum(if(role = 'before', weight * p[4], NULL)) AS before_190,
    sum(if(role = 'before', weight * p[5], NULL)) AS before_320,
    sum(if(role = 'before', weight * p[6], NULL)) AS before_550,
    sum(if(role = 'before', weight * p[7], NULL)) AS before_215,
    sum(if(role = 'before', weight * p[8], NULL)) AS before_365,
    sum(if(role = 'before', weight * p[9], NULL)) AS before_685,
    sum(if(role = 'unscored', 1, 0)) AS ppi_unscored
FROM counted
GROUP BY ALL
