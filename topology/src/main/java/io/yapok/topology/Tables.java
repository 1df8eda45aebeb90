package io.yapok.topology;

import io.yapok.schemas.PipelineTable;
import io.yapok.state.TableRows;
import java.util.HashMap;
import java.util.Map;

/** The rows of the tables that a pipeline's records are joined with. Belongs to one thread. */
public interface Tables {
  /** For pipelines without tables. */
  Tables NONE =
      table -> {
        throw new IllegalStateException("the table " + table.name() + " was not given");
      };

  /** The rows of a table, the same object for as long as they are the same rows. */
  TableRows rows(PipelineTable table);

  /** Tables in this JVM's heap by their names, gone with it: for the {@code score} command, tests and benchmarks. A table without rows is an empty one. */
  static Tables inHeap(Map<String, TableRows> rows) {
    Map<String, TableRows> all = new HashMap<>(rows);
    return table -> all.computeIfAbsent(table.name().value(), _ -> TableRows.inHeap());
  }
}
