"""How does a table leave as a CSV file that no spreadsheet takes for a formula (abuse case 45)?"""

from participatie.verification.spreadsheets import FORMULAS, csv_of

__all__ = ["FORMULAS", "csv_of"]
