/*
title         = "On-time collection rate"
short         = "On-time collection"
plain         = "Instalments paid by the day they were due"
unit          = "%"
better        = "higher"
goalposts     = [0.85, 1.0]
limits        = { amber = 0.98, red = 0.95 }
units         = ["institution", "branch", "product"]
people        = "clients"
summary       = "Principal and interest due in the month that were paid on or before the due date, over all that was due in the month. What is paid early for later months does not count; n is instalments. An early sign: it moves before portfolio at risk does."
risk          = ["credit"]
standard      = ["IRIS+ FP9954"]
source        = "IRIS+ FP9954 over the amount due, from the repayment schedule"
limits_source = "default, to be set by your board"

[fr]
title   = "Taux de recouvrement à l'échéance"
short   = "Payé à l'échéance"
plain   = "Échéances payées au plus tard le jour dit"
summary = "Principal et intérêts échus dans le mois et payés au plus tard le jour de l'échéance, sur tout ce qui était dû dans le mois. Ce qui est payé d'avance pour d'autres mois ne compte pas ; n est le nombre d'échéances. Un signe précoce : il bouge avant le portefeuille à risque."
source  = "IRIS+ FP9954 sur le montant dû, d'après l'échéancier"
limits_source = "défaut, à fixer par votre conseil"

[es]
title   = "Índice de cobro puntual"
short   = "Cobro puntual"
plain   = "Cuotas pagadas a más tardar el día de su vencimiento"
summary = "Capital e intereses con vencimiento en el mes pagados a más tardar en su fecha, sobre todo lo que vencía en el mes. No cuenta lo pagado por adelantado para meses posteriores; n son cuotas. Una señal temprana: se mueve antes que la cartera en riesgo."
source  = "IRIS+ FP9954 sobre el monto exigible, según el cronograma de pagos"
limits_source = "valor predeterminado; lo fija su junta directiva"

[example]
collections = [
    {unit = "North", due_amount = 500.0, paid_on_time = 490.0, instalments_due = 25},
    {unit = "South", due_amount = 300.0, paid_on_time = 0.0, instalments_due = 12},
]
expect = {North = 0.98, South = 0.0}
*/
SELECT
    period,
    unit,
    paid_on_time / nullif(due_amount, 0) AS value,
    instalments_due AS n
FROM collections
