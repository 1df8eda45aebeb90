package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ParcelTest {
  private final Parcel.IncomingBatch batch = new Parcel.IncomingBatch(List.of(new ConsumerRecord<>("in", 0, 5, new byte[1], new byte[2])));
  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void shouldTakeTheBatchOutOfTheHeadersAndLeaveNothingThere() {
    headers.add(new ParcelHeader(batch));

    var parcel = new ParcelDeserializer().deserialize("in", headers, ParcelHeader.STAND_IN);

    assertThat(parcel).isSameAs(batch);
    assertThat(headers).isEmpty();
  }

  @Test
  void shouldThrowWhenAStandInHasNoBatch() {
    assertThatThrownBy(() -> new ParcelDeserializer().deserialize("in", headers, ParcelHeader.STAND_IN)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldThrowWhenAStandInHasOnlyAForgedHeaderOfTheName() {
    headers.add(new RecordHeader(ParcelHeader.KEY, new byte[3]));

    assertThatThrownBy(() -> new ParcelDeserializer().deserialize("in", headers, ParcelHeader.STAND_IN)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldTakeAnUnfoldedRecordForABatchOfOneAndLeaveItsHeaders() {
    headers.add(new RecordHeader(ParcelHeader.KEY, new byte[3]));

    var parcel = new ParcelDeserializer().deserialize("in", headers, "x".getBytes(UTF_8));

    assertThat(parcel).isEqualTo(new Parcel.IncomingRecord(((Parcel.IncomingRecord) parcel).value()));
    assertThat(headers).hasSize(1);
  }

  @Test
  void shouldTakeBytesEqualToTheStandInForARecordWhenTheyCameOverTheNetwork() {
    var bytes = ParcelHeader.STAND_IN.clone();

    assertThat(new ParcelDeserializer().deserialize("in", headers, bytes)).isEqualTo(new Parcel.IncomingRecord(bytes));
  }

  @Test
  void shouldPassANullValueOn() {
    assertThat(new ParcelDeserializer().deserialize("in", headers, (byte[]) null)).isEqualTo(new Parcel.IncomingRecord(null));
  }

  @Test
  void shouldPutAnOutgoingBatchIntoTheHeaders() {
    var outgoing = new Parcel.OutgoingBatch(List.of(new ProducerRecord<>("out", new byte[1])));

    assertThat(new ParcelSerializer().serialize("out", headers, outgoing)).isSameAs(ParcelHeader.STAND_IN);
    assertThat(((ParcelHeader) headers.lastHeader(ParcelHeader.KEY)).parcel()).isSameAs(outgoing);
  }

  @Test
  void shouldSerializeASingleRecordAsItIs() {
    var value = new byte[] {1};

    assertThat(new ParcelSerializer().serialize("out", headers, new Parcel.OutgoingRecord(value, null))).isSameAs(value);
    assertThat(headers).isEmpty();
  }

  @Test
  void shouldRefuseToSendWhatCameIn() {
    assertThatThrownBy(() -> new ParcelSerializer().serialize("out", headers, batch)).isInstanceOf(IllegalStateException.class);
  }
}
