"""``parquet``: a folder of tables with their types, an empty one too (pyarrow)."""

from __future__ import annotations

from fabula.export.request import Files, Request, needs
from fabula.export.tables import Table, tables_of
from fabula.types import SCHEMA, Analysis


def write(analysis: Analysis, request: Request) -> Files:
    """A file for each table. Raises OutputError if pyarrow is missing."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise needs("pyarrow", "pyarrow", "export", "parquet") from None
    facts = {"schema": SCHEMA, "story": analysis.story.id, "fabula": analysis.producer.fabula}
    return Files({f"{table.name}.parquet": _content(table, facts) for table in tables_of(analysis)})


def _content(table: Table, facts: dict[str, str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "text": pa.string(),
        "ints": pa.list_(pa.int64()), "texts": pa.list_(pa.string()),
    }  # fmt: skip
    schema = pa.schema([(name, types[kind]) for name, kind in table.columns], metadata=facts)
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    arrays = [pa.array(list(c), type=f.type) for c, f in zip(columns, schema, strict=True)]
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return bytes(out.getvalue().to_pybytes())
