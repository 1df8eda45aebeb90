package io.yapok.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents with tables, compiled. */
final class TablesTest {
  private static final String TABLES =
      "tables: {users: {topic: users, as_of: record, fields: {age: float32, p.city: {type: text, default: none}}}, items: {topic: items, global: true, by: item, fields: {taste: {type: float32, shape: [2]}}}}";

  @TempDir private Path directory;

  private TestPipeline pipeline(String fields) {
    return pipeline(fields, TABLES);
  }

  private TestPipeline pipeline(String fields, String tables) {
    return new TestPipeline(directory)
        .source("source: {topic: in, rows: items" + fields + "}\n" + tables)
        .with("id2.onnx", SampleModels.identity(ElementType.FLOAT, 2))
        .with("whole.onnx", SampleModels.identity(ElementType.INT64, 1));
  }

  @Test
  void shouldGiveEachFieldOfARowAColumnThatStepsRead() {
    try (CompiledSteps steps = pipeline("").compile("  - {model: id2.onnx, inputs: {x: table.items.taste}}\n  - transform: {older: table.users.age + 1.0, city: table.users.p.city}")) {
      assertThat(steps.tables()).extracting(JoinedTable::name).containsExactly("users", "items");
      JoinedTable users = steps.tables().getFirst();
      assertThat(users.key()).isEqualTo(JoinedTable.RECORD_KEY);
      assertThat(users.row().fields()).containsExactly(new SourceField("age", 0, null), new SourceField("p.city", 1, "none"));
      assertThat(users.columns()).extracting(slot -> steps.layout().column(slot))
          .containsExactly(
              new ColumnSpec("table.users.age", io.yapok.schemas.ElementType.FLOAT32, RowShape.SCALAR),
              new ColumnSpec("table.users.p.city", io.yapok.schemas.ElementType.TEXT, RowShape.SCALAR));
      assertThat(steps.tables().getLast().columns()).extracting(slot -> steps.layout().column(slot).shape()).containsExactly(RowShape.of(2));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | transform: {a: 1}                         | TEXT",
        "', fields: {item: int32}'     | transform: {a: 1}                         | INT32",
        "', fields: {item: text}'      | transform: {a: 1}                         | TEXT",
        "''                            | {model: whole.onnx, inputs: {x: item}}    | INT64",
      })
  void shouldReadTheKeyAsItIsDeclaredOrAsAModelTakesIt(String fields, String step, io.yapok.schemas.ElementType type) {
    try (CompiledSteps steps = pipeline(fields).compile("  - " + step)) {
      JoinedTable items = steps.tables().getLast();
      assertThat(steps.layout().column(items.key()).type()).isEqualTo(type);
      assertThat(steps.source().fields()).anySatisfy(field -> assertThat(field).isEqualTo(new SourceField("item", items.key(), null)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transform: {a: table.user.age}        | steps[0].transform.a  | there is no table \"user\"                              | did you mean table.users?",
        "transform: {a: table.shops.age}       | steps[0].transform.a  | there is no table \"shops\"                             | write input.table.shops.age for a field of the record",
        "transform: {a: table.users.aeg}       | steps[0].transform.a  | the table \"users\" has no field \"aeg\"                | did you mean table.users.age?",
        "transform: {a: table.users.size}      | steps[0].transform.a  | the table \"users\" has no field \"size\"               | add it under tables.users.fields",
        "{model: id2.onnx, inputs: {x: table.users.taste}} | steps[0].inputs.x | the table \"users\" has no field \"taste\"      | add it under tables.users.fields",
        "{model: id2.onnx, inputs: {x: table.users.age}}   | steps[0].inputs.x | takes 2 elements a row                          | fed 1",
      })
  void shouldSayWhereAFieldIsReadThatNoTableHas(String step, String path, String what, String whatToDo) {
    assertThat(pipeline("").problems("  - " + step)).singleElement().asString().contains(path, what, whatToDo);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "', fields: {item: float32}'              | item           | is read as float32, and a key is one text or whole number | declare it as text or int64",
        "', fields: {item: {type: int64, shape: [2]}}' | item      | is read as int64 of shape [2]                             | declare it as text or int64",
        "', fields: {item: json}'                 | item           | is read as json                                           | declare it as text or int64",
        "', fields: {things: int64}'              | thing          | nothing is named \"thing\"                                | did you mean things?",
        "''                                       | table.users.age | by is \"table.users.age\", which is no field             | name a field of the record",
        "''                                       | state.seen     | the state has no feature \"seen\"                         | state.features",
      })
  void shouldSayWhatIsWrongWithAKey(String fields, String by, String what, String whatToDo) {
    String problem = String.join("\n", pipeline(fields, TABLES.replace("by: item,", "by: " + by + ",")).problems("  - transform: {a: 1}"));
    assertThat(problem).contains("(tables.items.by)", what, whatToDo);
    assertThat(problem.lines()).hasSize(1);
  }

  @Test
  void shouldTakeTableForAFieldOfTheRecordWhenThereAreNoTables() {
    TestPipeline pipeline = new TestPipeline(directory);
    assertThat(pipeline.run("  - transform: {a: table.height * 2.0}", "{'table': {'height': 3}}")).containsExactly("{'a':6.0}");
  }
}
