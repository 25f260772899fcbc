"""What LiteLLM does with its database client, in small. Prints one JSON object; exits 1 where something is not as expected."""

import asyncio
import json
import sys

from prisma import Json, Prisma, errors

ODD = {"text": 'a"b\\c\né 😀', "n": 12345678901234567890, "f": 1e-07, "$type": "x", "value": 1, "nest": [{"a": None}]}
WHO = {"created_by": 'x "q" \\ \n end', "updated_by": "y"}


async def raised(awaitable):
    try:
        await awaitable
    except Exception as error:
        return type(error).__name__
    return None


async def records(db):
    budgets = db.litellm_budgettable
    made = await budgets.create(
        data={"budget_id": "odd", "max_budget": 1.0, "tpm_limit": 9007199254740993, "model_max_budget": Json(ODD), **WHO}
    )
    raw = await db.query_raw('SELECT tpm_limit, model_max_budget, $1::text AS p FROM "LiteLLM_BudgetTable" WHERE budget_id = $2', "it's", "odd")
    found = await budgets.find_many(where={"model_max_budget": {"path": ["value"], "equals": Json(1)}})
    return {
        "json": made.model_max_budget == ODD,
        "big": made.tpm_limit == 9007199254740993,
        "text": made.created_by == WHO["created_by"],
        "raw": raw == [{"tpm_limit": 9007199254740993, "model_max_budget": ODD, "p": "it's"}],
        "filter": [budget.budget_id for budget in found] == ["odd"],
        "unique": await raised(budgets.create(data={"budget_id": "odd", **WHO})) == "UniqueViolationError",
        "missing": await raised(budgets.find_unique_or_raise(where={"budget_id": "none"})) == "RecordNotFoundError",
        "sql": await raised(db.query_raw("SELECT * FROM nope")) == "RawQueryError",
        "foreign": await raised(db.litellm_teamtable.create(data={"team_id": "t", "organization_id": "none"})) == "ForeignKeyViolationError",
    }


async def transactions(db):
    budgets = db.litellm_budgettable

    async def limit():
        return (await budgets.find_unique(where={"budget_id": "odd"})).max_budget

    async def failing_batch():
        async with db.batch_() as batch:
            batch.litellm_budgettable.update(where={"budget_id": "odd"}, data={"max_budget": 99})
            batch.litellm_budgettable.create(data={"budget_id": "odd", **WHO})

    async def failing_transaction():
        async with db.tx() as tx:
            await tx.litellm_budgettable.update(where={"budget_id": "odd"}, data={"max_budget": 99})
            raise ValueError

    async with db.batch_() as batch:
        batch.litellm_budgettable.update(where={"budget_id": "odd"}, data={"max_budget": {"increment": 1}})
        batch.execute_raw('UPDATE "LiteLLM_BudgetTable" SET max_budget = max_budget + $1 WHERE budget_id = $2', 1, "odd")
    batched = await limit()
    broken = [await raised(failing_batch()), await raised(failing_transaction()), await limit()]
    async with db.tx() as tx:
        await tx.litellm_budgettable.update(where={"budget_id": "odd"}, data={"max_budget": 50})
        before = await limit()
    return {
        "batch": batched == 3.0,
        "rollback": broken == ["UniqueViolationError", "ValueError", 3.0],
        "commit": [before, await limit()] == [3.0, 50.0],
    }


async def main():
    db = Prisma()
    await db.connect()
    if sys.argv[1:] == ["wait"]:
        print("connected", flush=True)
        await asyncio.sleep(600)
    result = {**await records(db), **await transactions(db)}
    await db.disconnect()
    print(json.dumps(result))
    sys.exit(0 if all(result.values()) else 1)


asyncio.run(main())
