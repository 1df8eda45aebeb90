package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.RejectedRecord.Header;
import io.yapok.schemas.RejectedRecord.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rejects as Avro's own reader has them, which knows nothing of us. */
class RejectFileTest {
  @Test
  void shouldBeReadByAvroAsItWasWritten() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<RejectedRecord> rejects = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rejects.add(reject(random, i));
    }

    List<GenericRecord> read = read(write(rejects), null);

    assertThat(read).hasSameSizeAs(rejects);
    for (int i = 0; i < rejects.size(); i++) {
      assertSame(rejects.get(i), read.get(i));
    }
  }

  @Test
  void shouldNameAReasonOtherWhenItIsNotKnown() throws IOException {
    RejectedRecord reject = new RejectedRecord("too_blue", "s", "", "m", "p", "v", null, null, new Place("bad", 0, 0), -1, null, null, null, List.of(), 0, false);

    assertThat(read(write(List.of(reject)), null).getFirst().get("reason")).hasToString("other");
  }

  @Test
  void shouldBeReadWithAnEarlierSchemaWhenAReasonIsNew() throws IOException {
    Schema earlier = new Schema.Parser().parse(OwnSchema.REJECT.json(false).replace(",\"row_too_old\"", ""));
    RejectedRecord reject = new RejectedRecord("row_too_old", "s", "", "m", "p", "v", null, null, new Place("bad", 0, 0), -1, null, null, null, List.of(), 0, false);

    assertThat(read(write(List.of(reject)), earlier).getFirst().get("reason")).hasToString("other");
  }

  @Test
  void shouldHoldNoMoreThanABlockWhileItIsWritten() throws IOException {
    var largest = new Object() {
      int write;
      long all;
    };
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            largest.all++;
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            largest.write = Math.max(largest.write, length);
            largest.all += length;
          }
        };
    Random random = new Random(1);
    byte[] value = new byte[1_000];
    try (RejectFile file = new RejectFile(out)) {
      for (int i = 0; i < 20_000; i++) {
        random.nextBytes(value);
        file.append(new RejectedRecord("malformed", "source", "", "m", "p", "v", null, null, new Place("bad", 0, i), 0, null, value, null, List.of(), 0, false));
      }
    }

    assertThat(largest.all).isGreaterThan(19_000_000);
    assertThat(largest.write).isLessThan(200_000);
  }

  private static byte[] write(List<RejectedRecord> rejects) throws IOException {
    var out = new ByteArrayOutputStream();
    try (RejectFile file = new RejectFile(out)) {
      for (RejectedRecord reject : rejects) {
        file.append(reject);
      }
    }
    return out.toByteArray();
  }

  private static List<GenericRecord> read(byte[] file, @Nullable Schema by) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (var reader = new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<GenericRecord>(null, by))) {
      reader.forEach(records::add);
    }
    return records;
  }

  private static RejectedRecord reject(Random random, int number) {
    RejectReason[] reasons = RejectReason.values();
    boolean tooLarge = random.nextInt(10) == 0;
    List<Header> headers = random.ints(random.nextInt(4)).mapToObj(i -> new Header("h" + i % 3, bytes(random))).toList();
    return new RejectedRecord(
        reasons[random.nextInt(reasons.length)].code(),
        "step " + random.nextInt(),
        random.nextBoolean() ? "" : "customer.\u00e4ge",
        "\ud83d\ude00 expected, " + random.nextInt() + " came",
        "fraud",
        "0f3a",
        random.nextBoolean() ? null : "fraud/3",
        random.nextInt(10) == 0 ? null : new Place("payments", random.nextInt(100), random.nextLong()),
        new Place("payments-bad", random.nextInt(100), number),
        random.nextLong(),
        bytes(random),
        tooLarge ? null : bytes(random),
        tooLarge ? random.nextLong() : null,
        headers,
        random.nextInt(4),
        random.nextBoolean());
  }

  private static byte @Nullable [] bytes(Random random) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 100_000 : 50)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void assertSame(RejectedRecord reject, GenericRecord read) {
    assertThat(
            Arrays.asList(
                read.get("reason").toString(),
                read.get("step").toString(),
                read.get("field").toString(),
                read.get("message").toString(),
                read.get("pipeline").toString(),
                read.get("pipeline_version").toString(),
                text(read.get("model")),
                place(read.get("origin")),
                place(read.get("dead_letter")),
                read.get("timestamp"),
                read.get("value_size"),
                read.get("replays"),
                read.get("replayed")))
        .containsExactly(
            reject.reason(),
            reject.step(),
            reject.field(),
            reject.message(),
            reject.pipeline(),
            reject.pipelineVersion(),
            reject.model(),
            reject.origin(),
            reject.deadLetter(),
            reject.timestamp(),
            reject.valueSize(),
            reject.replays(),
            reject.replayed());
    assertThat(octets(read.get("key"))).isEqualTo(reject.key());
    assertThat(octets(read.get("value"))).isEqualTo(reject.value());
    List<?> headers = (List<?>) read.get("headers");
    assertThat(headers).hasSameSizeAs(reject.headers());
    for (int i = 0; i < headers.size(); i++) {
      GenericRecord header = (GenericRecord) headers.get(i);
      assertThat(header.get("name")).hasToString(reject.headers().get(i).name());
      assertThat(octets(header.get("value"))).isEqualTo(reject.headers().get(i).value());
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable Place place(@Nullable Object value) {
    GenericRecord place = (GenericRecord) value;
    return place == null ? null : new Place(place.get("topic").toString(), (Integer) place.get("partition"), (Long) place.get("offset"));
  }

  private static byte @Nullable [] octets(@Nullable Object value) {
    return value == null ? null : ((ByteBuffer) value).array();
  }
}
