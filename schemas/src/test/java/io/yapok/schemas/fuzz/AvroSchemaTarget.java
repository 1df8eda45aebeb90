package io.yapok.schemas.fuzz;

import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas.Written;
import io.yapok.schemas.internal.avro.SchemaMatch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** What a registry gives for a schema: a text, and after a byte of zero a record that was written with it. */
final class AvroSchemaTarget implements FuzzTarget {
  private static final int GOOD = 1;
  private static final int STRANGE = 2;
  private static final String KNOWN = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"items\",\"type\":{\"type\":\"array\",\"items\":\"R\"},\"default\":[]}]}";

  private final SourceSchema one =
      new Fields().with(0L, "a", ElementType.INT64).with(0.0, "b", ElementType.FLOAT32, -1).with("", "e.b", ElementType.TEXT).with("null", "c", ElementType.JSON).with(0L, "d", ElementType.UINT8, 2, 2).source(null);
  private final SourceSchema many = new Fields().with(0L, "a", ElementType.INT64).with("null", "items.b", ElementType.JSON).with(0.0, "c", ElementType.FLOAT16, -1, 2).source("items");

  @Override
  public String name() {
    return "avro-schema";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        seed("{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'b','type':{'type':'array','items':['null','float']}}]}", 2, 2, 2, 0, 0, 0, 63, 0),
        seed("{'type':'record','name':'N','namespace':'x.y','fields':[{'name':'z','aliases':['a'],'type':['null','N','x.y.N'],'default':null},{'name':'c','type':{'type':'map','values':'N'}}]}", 0, 0),
        seed("{'type':'record','name':'R','fields':[{'name':'items','type':{'type':'array','items':{'type':'record','name':'I','fields':[{'name':'a','type':{'type':'enum','name':'E','symbols':['A','B'],'default':'A'}},{'name':'b','type':'null'}]}}}]}", 4, 0, 1, 0),
        seed("{'type':'record','name':'R','fields':[{'name':'a','type':{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}},{'name':'d','type':{'type':'fixed','name':'F','size':4}},{'name':'c','type':{'type':'fixed','name':'G','size':12,'logicalType':'duration'}}]}", 2, 7, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        seed("{'type':'array','items':{'type':'array','items':'boolean'}}", 2, 2, 1, 0, 0),
        seed("[{'type':'long','logicalType':'timestamp-micros'},'string',{'type':'error','name':'E','fields':[]}]", 2, 2, 97),
        seed("'string'", 2, 97),
        seed("{'type':'record','name':'A','fields':[{'name':'c','type':{'type':'record','name':'B','fields':[{'name':'l','type':['null','A']},{'name':'r','type':'A'}]}}]}", 0),
        seed("string"));
  }

  private static byte[] seed(String schema, int... record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(schema.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
    for (int b : record) {
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  @Override
  public List<String> words() {
    return List.of(
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[", "{\"name\":\"a\",\"type\":", "{\"type\":\"array\",\"items\":", "{\"type\":\"map\",\"values\":", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[", "\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2", "\"aliases\":[\"a\"]", "\"namespace\":\"\"", "\"default\":", "\"null\"", "\"int\"", "\"long\"", "\"bytes\"", "\"string\"", "\"items\"", "2147483647", "\"R\"");
  }

  @Override
  public List<String> libraries() {
    return List.of("org.apache.avro.**");
  }

  @Override
  public void read(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    Registry registry = Registry.of(KNOWN);
    String schema = new String(input, 0, end, StandardCharsets.UTF_8);
    registry.put(STRANGE, schema);
    byte[] record = Arrays.copyOfRange(input, Math.min(input.length, end + 1), input.length);
    byte[] framed = ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(STRANGE).put(record).array();
    byte[] good = AvroBytes.framed(GOOD, new Schema.Parser().parse(KNOWN), Map.of("a", 7));
    for (SourceSchema source : List.of(one, many)) {
      new Pipeline("avro", source, registry, good, 1 << 12, "a").read(framed);
      checkMatch(source, schema);
    }
  }

  private static void checkMatch(SourceSchema source, String schema) {
    try {
      SchemaMatch.mismatches(source, new Written(schema, List.of()));
    } catch (UnknownSchemaException e) {
      // what is no schema
    }
  }
}
