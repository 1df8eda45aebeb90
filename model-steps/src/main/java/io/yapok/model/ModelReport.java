package io.yapok.model;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.RowShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model as its user needs to know it.
 *
 * @param version the file's stem and SHA-256
 * @param bytes the file's size
 * @param signature what the graph declares
 * @param inputs what a row must hold for each input of the signature, in its order
 * @param outputs what a row gets, in the signature's order
 * @param rowsPerRun at most so many rows share a run of the model; 1 for row by row
 * @param batching why, in one line: what rows that share a run do to each other's answers
 * @param possibleRows what dimension 0 of all inputs is, where that is a fixed number above 1 that a step's {@code rows} could say; else 0
 */
public record ModelReport(
    ModelVersion version, long bytes, ModelSignature signature, List<Row> inputs, List<Row> outputs, int rowsPerRun, String batching, int possibleRows) {

  public ModelReport {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * What one row holds of an input or an output.
   *
   * @param labels names of the elements where the model gives them, else empty
   */
  public record Row(String name, ElementType type, RowShape shape, List<String> labels) {
    public Row {
      labels = List.copyOf(labels);
    }

    /** {@code 784 numbers}, {@code a text}, {@code numbers of shape [?, 4]}. */
    public String shown() {
      if (!shape.isFixed()) {
        return noun(true) + " of shape " + shape;
      }
      String count = shape.elements() == 1 ? "a " + noun(false) : shape.elements() + " " + noun(true);
      return shape.rank() > 1 ? count + " of shape " + shape : count;
    }

    private String noun(boolean many) {
      String noun =
          switch (type) {
            case TEXT, JSON -> "text";
            case BOOL -> "truth value";
            case INT8, INT16, INT32, INT64, UINT8 -> "whole number";
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> "number";
          };
      return many ? noun + "s" : noun;
    }
  }

  /** For a person to read: several lines, each ended. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "model", version.name());
    line(text, "sha256", version.sha256());
    line(text, "size", bytes + " bytes");
    line(text, "opset", new TreeMap<>(signature.opsets()).toString().replaceAll("[{}]", "").replace("=", " "));
    if (!signature.producer().isBlank()) {
      line(text, "producer", oneLine(signature.producer()));
    }
    if (!signature.description().isBlank()) {
      line(text, "says", oneLine(signature.description()));
    }
    values(text, "inputs", "a row gives ", signature.inputs(), inputs);
    values(text, "outputs", "a row gets ", signature.outputs(), outputs);
    text.append('\n');
    line(text, "batching", rowsPerRun == 1 ? "row by row: " + batching : "up to " + rowsPerRun + " rows a run: " + batching);
    if (possibleRows > 1) {
      line(text, "", "if dimension 0 is rows of a batch, write `rows: " + possibleRows + "` in the step");
    }
    return text.toString();
  }

  /** The same as maps, lists, texts and numbers, for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", version.name());
    map.put("sha256", version.sha256());
    map.put("bytes", bytes);
    map.put("opsets", new TreeMap<>(signature.opsets()));
    map.put("producer", signature.producer());
    map.put("description", signature.description());
    map.put("inputs", maps(signature.inputs(), inputs));
    map.put("outputs", maps(signature.outputs(), outputs));
    map.put("rows_per_run", rowsPerRun);
    map.put("batching", batching);
    return map;
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(String.format("%-10s%s%n", key, value));
  }

  private static void values(StringBuilder text, String title, String verb, List<ModelSignature.Value> values, List<Row> rows) {
    int nameWidth = values.stream().mapToInt(value -> value.name().length()).max().orElse(1);
    int typeWidth = values.stream().mapToInt(value -> value.shown().length()).max().orElse(1);
    text.append('\n').append(title).append('\n');
    for (int i = 0; i < values.size(); i++) {
      Row row = rows.get(i);
      String labels = row.labels().isEmpty() ? "" : ", called " + String.join(", ", row.labels());
      String format = "  %-" + nameWidth + "s  %-" + typeWidth + "s  %s%n";
      text.append(String.format(format, oneLine(values.get(i).name()), values.get(i).shown(), verb + row.shown() + oneLine(labels)));
    }
  }

  /** A file's own words are anybody's: no line breaks, no terminal codes. */
  private static String oneLine(String words) {
    return words.replaceAll("\\p{Cntrl}", " ").strip();
  }

  private static List<Map<String, Object>> maps(List<ModelSignature.Value> values, List<Row> rows) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ModelSignature.Value value = values.get(i);
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", value.name());
      map.put("type", value.typeName());
      map.put("shape", value.dims().stream().map(dim -> dim.isSymbolic() ? (Object) dim.toString() : (Object) dim.size()).toList());
      map.put("row_type", rows.get(i).type().label());
      map.put("row_shape", dims(rows.get(i).shape()));
      if (!rows.get(i).labels().isEmpty()) {
        map.put("labels", rows.get(i).labels());
      }
      maps.add(map);
    }
    return maps;
  }

  private static List<Integer> dims(RowShape shape) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.add(shape.dim(axis));
    }
    return dims;
  }
}
