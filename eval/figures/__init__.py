"""How well figures are read: value and unit, then indicator, role and period, against facts and against labels."""
