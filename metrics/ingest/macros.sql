-- How a cell is read. A cell is text; a mark before it says what a workbook knew of it:
-- chr(1) a number in plain notation, chr(2) a date as ISO, chr(3) an error, chr(4) too long a text.
-- Each macro gives NULL for what it cannot read.

CREATE OR REPLACE TEMP MACRO in_bare(x) AS trim(ltrim(x, chr(1) || chr(2) || chr(3) || chr(4)));

-- Few cells begin like a word for "nothing"; the others never meet the list.
CREATE OR REPLACE TEMP MACRO in_blank(x) AS x = '' OR (
    length(x) <= 5 AND ord(x) IN (1, 2, 45, 78, 110)
    AND lower(in_bare(x)) IN ('', 'null', 'none', 'nil', '-', '--', 'n.a.', 'n/a', 'nan'));

-- Texts of which one look tells that they are sound: no mark, no number sign, not long.
CREATE OR REPLACE TEMP MACRO in_odd(x) AS x <> '' AND (ord(x) IN (3, 4, 35) OR length(x) > 1000);

CREATE OR REPLACE TEMP MACRO in_error(x) AS x <> '' AND (ord(x) = 3 OR x = '#REF!' OR x = '#N/A');

CREATE OR REPLACE TEMP MACRO in_too_long(x) AS x <> '' AND (ord(x) = 4 OR length(x) > 1000);

-- One apostrophe before a text is Excel's own mark for "this is text".
CREATE OR REPLACE TEMP MACRO in_text(x) AS CASE
    WHEN in_blank(x) THEN NULL
    WHEN starts_with(x, '''') THEN nullif(substr(x, 2), '')
    ELSE in_bare(x) END;

-- A number that a spreadsheet program cut: 1.23E+10, or more digits than it can keep.
CREATE OR REPLACE TEMP MACRO in_damaged_id(x) AS
    (length(x) > 15 AND ord(x) = 1) OR (contains(x, '+') AND regexp_full_match(x, '\d([.,]\d+)?[eE]\+\d+'));

-- Sign, digits and separators of a figure; brackets or a minus at the end are a minus, a currency is dropped.
CREATE OR REPLACE TEMP MACRO in_digits(x) AS regexp_replace(
    regexp_replace(
        regexp_replace(x, '^\((.*)\)$', '-\1'),
        '^(-?)\s*(?:[A-Za-z]{1,4}\.?|[$€£₦₵])?\s*([0-9][0-9., ''’]*?)\s*(-?)\s*(?:[A-Za-z]{1,4}\.?|[$€£₦₵])?\s*%?$',
        '\1\3\2'),
    '[ ’]', '''', 'g');

CREATE OR REPLACE TEMP MACRO in_point(x) AS CASE
    WHEN regexp_full_match(x, '-?\d+(\.\d+)?') THEN x
    WHEN regexp_full_match(x, '-?\d{1,3}((,\d{2,3})*,\d{3}|(''\d{3})+)(\.\d+)?') THEN translate(x, ',''', '')
    END;

CREATE OR REPLACE TEMP MACRO in_comma(x) AS CASE
    WHEN regexp_full_match(x, '-?\d+(,\d+)?') THEN replace(x, ',', '.')
    WHEN regexp_full_match(x, '-?\d{1,3}((\.\d{3})+|(''\d{3})+)(,\d+)?')
        THEN replace(translate(x, '.''', ''), ',', '.')
    END;

-- A figure as plain text with a decimal point; sign is 'point' or 'comma'.
CREATE OR REPLACE TEMP MACRO in_plain(x, sign) AS CASE
    WHEN ord(x) = 1 THEN rtrim(substr(x, 2), '%')
    WHEN sign = 'point' THEN in_point(in_digits(x))
    ELSE in_comma(in_digits(x)) END;

-- Most figures are plain already; those never meet a regular expression.
CREATE OR REPLACE TEMP MACRO in_amount(x, sign) AS CASE
    WHEN sign = 'point' AND TRY_CAST(x AS DECIMAL(22, 6)) IS NOT NULL
        THEN if(contains(x, '_') OR contains(x, 'e') OR contains(x, 'E'), NULL, TRY_CAST(x AS DECIMAL(22, 6)))
    ELSE TRY_CAST(in_plain(x, sign) AS DECIMAL(22, 6)) END;

CREATE OR REPLACE TEMP MACRO in_exact(x, sign) AS TRY_CAST(in_plain(x, sign) AS DECIMAL(30, 10));

CREATE OR REPLACE TEMP MACRO in_whole(x, sign) AS
    if(in_amount(x, sign) = trunc(in_amount(x, sign)), TRY_CAST(in_amount(x, sign) AS INTEGER), NULL);

CREATE OR REPLACE TEMP MACRO in_flag(x, yes, no) AS CASE
    WHEN list_contains(yes, lower(strip_accents(in_bare(x)))) THEN true
    WHEN list_contains(no, lower(strip_accents(in_bare(x)))) THEN false END;

CREATE OR REPLACE TEMP MACRO in_signed(x) AS ends_with(x, '%');

-- Percents: `unit` is 'percent' (5.2 means 5.2 %) or 'fraction' (0.052 does); a percent sign settles a cell.
CREATE OR REPLACE TEMP MACRO in_pct(x, sign, unit) AS
    (in_exact(x, sign) * if(unit = 'fraction' AND NOT in_signed(x), 100.00, 1.00))::DOUBLE;

CREATE OR REPLACE TEMP MACRO in_share(x, sign, unit) AS
    (in_exact(x, sign) * if(unit = 'percent' OR in_signed(x), 0.01, 1.00))::DOUBLE;

CREATE OR REPLACE TEMP MACRO in_tail(x, mark) AS strpos(reverse(x), mark) - 1;

CREATE OR REPLACE TEMP MACRO in_one_mark(x, mark, decimal, thousands, either) AS CASE
    WHEN length(x) - length(replace(x, mark, '')) > 1 THEN thousands
    WHEN in_tail(x, mark) <> 3 THEN decimal
    WHEN regexp_matches(x, '^0[.,]|[0-9 ][0-9]{3}[.,]') THEN decimal
    ELSE either END;

CREATE OR REPLACE TEMP MACRO in_figure_shape(x) AS CASE
    WHEN contains(x, '.') AND contains(x, ',') THEN if(in_tail(x, '.') < in_tail(x, ','), 1, 2)
    WHEN contains(x, '.') THEN in_one_mark(x, '.', 1, 2, 3)
    WHEN contains(x, ',') THEN in_one_mark(x, ',', 2, 1, 4)
    ELSE 0 END;

-- 0 whole or blank, 1 decimal point, 2 decimal comma, 3 `1.234`, 4 `1,234` (both may be either).
CREATE OR REPLACE TEMP MACRO in_shape(x) AS CASE
    WHEN x = '' OR ord(x) <= 4 OR NOT (contains(x, '.') OR contains(x, ',')) THEN 0
    WHEN substr(x, -3, 1) = '.' AND TRY_CAST(x AS DOUBLE) IS NOT NULL THEN 1
    ELSE in_figure_shape(regexp_extract(x, '[0-9](?:[0-9., ''’]*[0-9])?')) END;

CREATE OR REPLACE TEMP MACRO in_month(name) AS CASE
    WHEN starts_with(name, 'juil') THEN 7
    WHEN starts_with(name, 'juin') THEN 6
    ELSE list_position(['jan ene', 'feb fev', 'mar', 'apr avr abr', 'may mai', 'jun', 'jul', 'aug aou ago', 'sep set',
        'oct out', 'nov', 'dec dic dez'], list_filter(['jan ene', 'feb fev', 'mar', 'apr avr abr', 'may mai', 'jun',
        'jul', 'aug aou ago', 'sep set', 'oct out', 'nov', 'dec dic dez'], lambda m: contains(m, substr(name, 1, 3)))[1])
    END;

-- Buddhist years run 543 ahead: 2568 is 2025, and no record is of a year so far away.
CREATE OR REPLACE TEMP MACRO in_buddhist(y) AS coalesce(TRY_CAST(y AS INTEGER) BETWEEN 2443 AND 2643, false);

CREATE OR REPLACE TEMP MACRO in_year(y) AS CASE
    WHEN length(y) = 4 THEN if(in_buddhist(y), (TRY_CAST(y AS INTEGER) - 543)::VARCHAR, y)
    WHEN TRY_CAST(y AS INTEGER) + 2000 <= year(current_date) + 10 THEN '20' || y
    ELSE '19' || y END;

CREATE OR REPLACE TEMP MACRO in_day(y, m, d) AS
    TRY_CAST(in_year(y) || '-' || lpad(m, 2, '0') || '-' || lpad(d, 2, '0') AS DATE);

-- A date in numbers whose order a column must prove: 03/01/2025, 3-1-25, 03.01.2025.
CREATE OR REPLACE TEMP MACRO in_slashed(x) AS
    regexp_extract(x, '^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T]\d{1,2}:.*)?$', ['a', 'b', 'y']);

-- A date with the month's name: 3 janv. 2025, 3-Jan-25; Jan 3, 2025.
CREATE OR REPLACE TEMP MACRO in_named(x) AS CASE
    WHEN regexp_matches(x, '^\d') THEN regexp_extract(lower(strip_accents(x)),
        '^(\d{1,2})(?:er|st|nd|rd|th|o)?[ \-/.]+(?:de )?([a-z]{3,10})\.?[ \-/.,]+(?:de )?(\d{4}|\d{2})$', ['d', 'm', 'y'])
    ELSE regexp_extract(lower(strip_accents(x)),
        '^([a-z]{3,10})\.?[ \-/.]+(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]+(\d{4})$', ['m', 'd', 'y'])
    END;

CREATE OR REPLACE TEMP MACRO in_named_date(x) AS
    in_day(in_named(x).y, in_month(in_named(x).m)::VARCHAR, in_named(x).d);

-- Excel's number of a day: 45660 is 2025-01-03.
CREATE OR REPLACE TEMP MACRO in_serial(x) AS if(
    regexp_full_match(ltrim(x, chr(1)), '[1-7]\d{4}(\.\d+)?'),
    DATE '1899-12-30' + TRY_CAST(split_part(ltrim(x, chr(1)), '.', 1) AS INTEGER), NULL);

-- Year, month, day of a date with its year in front.
CREATE OR REPLACE TEMP MACRO in_year_first(x) AS
    regexp_extract(x, '^(\d{4})[\-/.](\d{1,2})[\-/.](\d{1,2})', ['y', 'm', 'd']);

CREATE OR REPLACE TEMP MACRO in_any_date(x, day_order) AS CASE
    WHEN substr(ltrim(x, chr(2)), 1, 2) IN ('24', '25', '26') AND in_buddhist(in_year_first(ltrim(x, chr(2))).y)
        THEN in_day(in_year_first(ltrim(x, chr(2))).y, in_year_first(ltrim(x, chr(2))).m,
            in_year_first(ltrim(x, chr(2))).d)
    WHEN ord(x) = 2 THEN TRY_CAST(substr(x, 2, 10) AS DATE)
    WHEN regexp_matches(x, '^\d{4}[\-/.]\d') THEN TRY_CAST(translate(regexp_extract(x, '^[0-9\-/.]+'), '/.', '--') AS DATE)
    WHEN day_order = 'ymd' AND length(in_slashed(x).y) = 2
        THEN in_day('20' || lpad(in_slashed(x).a, 2, '0'), in_slashed(x).b, in_slashed(x).y)
    WHEN regexp_matches(x, '^\d{1,2}[/.\-]\d') THEN if(day_order = 'mdy',
        in_day(in_slashed(x).y, in_slashed(x).a, in_slashed(x).b),
        in_day(in_slashed(x).y, in_slashed(x).b, in_slashed(x).a))
    WHEN regexp_full_match(x, '(19|20)\d{6}') THEN in_day(substr(x, 1, 4), substr(x, 5, 2), substr(x, 7, 2))
    WHEN regexp_matches(x, '[A-Za-z]') THEN in_named_date(x)
    ELSE in_serial(x) END;

-- Only days that records can hold: 1900-01-00 and slips of a century are no dates.
CREATE OR REPLACE TEMP MACRO in_date(x, day_order) AS CASE
    WHEN substr(x, 5, 1) = '-' AND length(x) = 10 AND substr(x, 1, 2) IN ('19', '20') THEN TRY_CAST(x AS DATE)
    WHEN in_any_date(x, day_order) BETWEEN DATE '1900-03-01' AND DATE '2100-12-31' THEN in_any_date(x, day_order)
    END;

-- The day of a year, month and day of the Ethiopian calendar: twelve months of 30 days, then five or six days.
CREATE OR REPLACE TEMP MACRO in_ethiopian_day(y, m, d) AS if(
    y BETWEEN 1890 AND 2100 AND m BETWEEN 1 AND 13 AND d BETWEEN 1 AND 30 AND (m < 13 OR d <= 5 + (y % 4 = 3)::INTEGER),
    DATE '1970-01-01' + (1724221 + 365 * (y - 1) + y // 4 + 30 * m + d - 31 - 2440588), NULL);

CREATE OR REPLACE TEMP MACRO in_ethiopian(x, day_order) AS CASE
    WHEN in_year_first(ltrim(x, chr(2))).y <> '' THEN in_ethiopian_day(
        TRY_CAST(in_year_first(ltrim(x, chr(2))).y AS INTEGER), TRY_CAST(in_year_first(ltrim(x, chr(2))).m AS INTEGER),
        TRY_CAST(in_year_first(ltrim(x, chr(2))).d AS INTEGER))
    WHEN length(in_slashed(x).y) = 4 THEN in_ethiopian_day(TRY_CAST(in_slashed(x).y AS INTEGER),
        TRY_CAST(if(day_order = 'mdy', in_slashed(x).a, in_slashed(x).b) AS INTEGER),
        TRY_CAST(if(day_order = 'mdy', in_slashed(x).b, in_slashed(x).a) AS INTEGER))
    END;

-- A year stands for its last day, a month for its last day.
CREATE OR REPLACE TEMP MACRO in_period(x, day_order) AS CASE
    WHEN regexp_full_match(ltrim(x, chr(1)), '(19|20)\d\d') THEN make_date(TRY_CAST(ltrim(x, chr(1)) AS INTEGER), 12, 31)
    WHEN regexp_full_match(x, '(19|20)\d\d[\-/.]\d{1,2}') THEN last_day(in_day(substr(x, 1, 4), substr(x, 6), '1'))
    WHEN regexp_full_match(x, '\d{1,2}[\-/.](19|20)\d\d') THEN last_day(in_day(right(x, 4), rtrim(left(x, 2), '-/.'), '1'))
    WHEN regexp_matches(x, '^[^0-9]{3,12}[ \-]*\d{2,4}$') THEN last_day(in_named_date('1 ' || x))
    ELSE in_date(x, day_order) END;

-- 0 proves nothing and needs no proof, 1 day first, 2 month first, 3 either, 5 Excel's number of a day.
CREATE OR REPLACE TEMP MACRO in_date_shape(x) AS CASE
    WHEN x = '' OR ord(x) = 2 OR substr(x, 5, 1) = '-' THEN 0
    WHEN in_serial(x) IS NOT NULL THEN 5
    WHEN in_slashed(x).y = '' THEN 0
    WHEN in_slashed(x).a::INTEGER > 12 AND in_slashed(x).b::INTEGER <= 12 THEN 1
    WHEN in_slashed(x).b::INTEGER > 12 AND in_slashed(x).a::INTEGER <= 12 THEN 2
    WHEN in_slashed(x).a = in_slashed(x).b OR in_slashed(x).a::INTEGER > 12 THEN 0
    ELSE 3 END;

-- What is mended when a cell is read, as a sum of powers of two (`repairs.py` names them); 0 for a plain cell.
-- One cheap look tells the plain ones; only the others meet a regular expression.
CREATE OR REPLACE TEMP MACRO in_mended_figure(x, sign) AS CASE
    WHEN x = '' OR ord(x) = 1 THEN 0
    WHEN sign = 'point' AND TRY_CAST(x AS DECIMAL(22, 6)) IS NOT NULL THEN 0
    WHEN in_blank(x) THEN 32768
    ELSE regexp_matches(x, '[A-Za-z$€£₦₵]')::INTEGER
        + 2 * ends_with(x, '%')::INTEGER
        + 4 * regexp_matches(x, if(sign = 'point', '[0-9][, ''’][0-9]', '[0-9][. ''’][0-9]'))::INTEGER
        + 8 * (sign = 'comma' AND contains(x, ','))::INTEGER
        + 16 * regexp_matches(x, '^\(|[0-9]\s*-')::INTEGER END;

CREATE OR REPLACE TEMP MACRO in_mended_date(x, day_order, calendar) AS CASE
    WHEN x = '' THEN 0
    WHEN calendar <> 'gregorian' AND NOT in_blank(x) THEN 2048
    WHEN substr(x, 5, 1) = '-' AND length(x) = 10 AND substr(x, 1, 2) IN ('19', '20') THEN 0
    WHEN in_blank(x) THEN 32768
    WHEN in_buddhist(regexp_extract(x, '(?:^|[^0-9])(2[456][0-9][0-9])(?:[^0-9]|$)', 1)) THEN 2048
    WHEN ord(x) = 2 OR regexp_full_match(ltrim(x, chr(1)), '(19|20)\d\d([\-]\d{1,2})?') THEN 0
    WHEN in_slashed(x).y <> '' THEN CASE day_order WHEN 'mdy' THEN 64 WHEN 'ymd' THEN 128 ELSE 32 END
        + if(length(in_slashed(x).y) = 2 AND day_order <> 'ymd', 256, 0)
    WHEN in_serial(x) IS NOT NULL THEN 1024
    WHEN regexp_matches(x, '^\d{4}') THEN 4096
    WHEN regexp_matches(x, '[A-Za-z]') THEN 512
    ELSE 4096 END;

CREATE OR REPLACE TEMP MACRO in_mended_text(x) AS CASE
    WHEN x = '' THEN 0
    WHEN in_blank(x) THEN 32768
    WHEN ord(x) = 39 THEN 8192
    ELSE 0 END;
