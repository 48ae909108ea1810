/** Python blocks that turn what stands in a file into what is measured. */

export const numberCode = `def number(value):
    try:
        return float(value)
    except ValueError:
        return np.nan`;

export const numbersCode = `def numbers(values):
    found = np.array([number(value) for value in values if value is not None])
    return found[np.isfinite(found)]`;

export const millisecondsCode = `def milliseconds(value):
    time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    time = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    return (time - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)`;

export const timesCode = `def times(values):
    return np.array([milliseconds(value) for value in values if value is not None], float)`;

/** Where some values are no times. */
export const someTimesCode = `def milliseconds_or_nan(value):
    try:
        return milliseconds(value)
    except ValueError:
        return np.nan

def times(values):
    found = np.array([milliseconds_or_nan(value) for value in values if value is not None], float)
    return found[~np.isnan(found)]`;

export const plainNumbersCode = `def plain_numbers(values, decimal, thousands):
    """Numbers as people write them, with a point and without groups."""
    groups = rf"\\d{{1,3}}(?:{re.escape(thousands)}\\d{{3}})+|" if thousands else ""
    is_number = re.compile(rf"\\s*[+-]?(?:{groups}\\d+)?(?:{re.escape(decimal)}\\d*)?(?:e[+-]?\\d+)?\\s*", re.I).fullmatch
    return [
        value.replace(thousands, "").replace(decimal, ".") if value and is_number(value) else value
        for value in values
    ]`;

export const writtenDatesCode = `def written_dates(values, *patterns):
    """Dates by the pattern that fits most of the values."""
    def date(value, pattern):
        try:
            return datetime.strptime(value.strip(), pattern)
        except ValueError:
            return value
    columns = [[value and date(value, pattern) for value in values] for pattern in patterns]
    return max(columns, key=lambda column: sum(isinstance(value, datetime) for value in column))`;
