"""LiteLLM's own table of models and prices, in columns."""

from package import Package

TABLE = "litellm/model_prices_and_context_window_backup.json"
# In this order in every row; what is empty at the end of a row is cut off.
COLUMNS = ["provider", "mode", "flags", "input", "output", "cacheRead", "cacheWrite", "maxInputTokens", "maxOutputTokens",
           "otherPrices", "deprecation"]
TOKEN_PRICES = ("input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost", "cache_creation_input_token_cost")


def read_prices(package: Package) -> dict[str, object]:
    """Prices are US dollars for a million tokens; providers, modes and sets of flags are stored once."""
    table = {name: row for name, row in package.json(TABLE).items() if name != "sample_spec"}
    providers = sorted({str(row.get("litellm_provider", "")) for row in table.values()})
    modes = sorted({str(row.get("mode", "")) for row in table.values()})
    sets = sorted({flags_of(row) for row in table.values()})
    rows = {
        name: trimmed([
            providers.index(str(row.get("litellm_provider", ""))),
            modes.index(str(row.get("mode", ""))),
            sets.index(flags_of(row)),
            *(per_million(row.get(field)) for field in TOKEN_PRICES),
            whole(row.get("max_input_tokens", row.get("max_tokens"))),
            whole(row.get("max_output_tokens")),
            1 if has_other_prices(row) else None,
            row.get("deprecation_date"),
        ])
        for name, row in sorted(table.items())
    }
    return {"columns": COLUMNS, "providers": providers, "modes": modes, "flagSets": [list(flags) for flags in sets], "models": rows}


def flags_of(row: dict[str, object]) -> tuple[str, ...]:
    """What the model can do: the names of the `supports_` fields that are true, without that prefix."""
    return tuple(sorted(field.removeprefix("supports_") for field, value in row.items() if field.startswith("supports_") and value is True))


def per_million(price: object) -> float | int | None:
    """A price for one token as a price for a million; whole numbers stay whole."""
    try:
        value = round(float(price) * 1e6, 6)
    except (TypeError, ValueError):
        return None
    return int(value) if value.is_integer() else value


def whole(tokens: object) -> int | None:
    try:
        return int(tokens)
    except (TypeError, ValueError):
        return None


def has_other_prices(row: dict[str, object]) -> bool:
    """Whether something else than plain tokens is priced: images, seconds, tiers, batches."""
    return any("cost" in field and field not in TOKEN_PRICES and value for field, value in row.items())


def trimmed(row: list[object]) -> list[object]:
    while row and row[-1] is None:
        row.pop()
    return row
