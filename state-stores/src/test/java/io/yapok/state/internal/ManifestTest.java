package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class ManifestTest {
  private static final int BLOCK = 32 << 10;

  @TempDir private static Path store;
  private static Path file;
  private static byte[] whole;

  /** Of several blocks, so that some records are in two. */
  @BeforeAll
  static void writeManifest() throws Exception {
    RocksDB.loadLibrary();
    try (var options = new Options().setCreateIfMissing(true);
        var db = RocksDB.open(options, store.toString())) {
      for (int i = 0; i < 700; i++) {
        addFamily(db, "family-%0100d".formatted(i));
      }
    }
    file = store.resolve(Files.readString(store.resolve("CURRENT")).strip());
    whole = Files.readAllBytes(file);
    assertThat(whole).hasSizeGreaterThan(2 * BLOCK);
  }

  private static void addFamily(RocksDB db, String name) throws RocksDBException {
    db.createColumnFamily(new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII))).close();
  }

  @Test
  void shouldBeIntactAsRocksDbWroteIt() throws Exception {
    assertThat(isIntact(whole)).isTrue();
  }

  @Test
  void shouldBeIntactWhereItsWriterWasKilled() throws Exception {
    for (int length = 0; length < whole.length; length += 61) {
      assertThat(isIntact(Arrays.copyOf(whole, length))).as("the first %d bytes", length).isTrue();
    }
  }

  @Test
  void shouldBeIntactWithRoomThatIsNotWrittenYet() throws Exception {
    assertThat(isIntact(Arrays.copyOf(whole, whole.length + 2 * BLOCK))).isTrue();
  }

  /** Not in the last block, where a length that reaches beyond the end may be a record that was not finished. */
  @Test
  void shouldBeDamagedWhenAByteDiffers() throws Exception {
    for (int at = 0; at < 2 * BLOCK; at += 59) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      assertThat(isIntact(damaged)).as("byte %d", at).isFalse();
    }
  }

  @Test
  void shouldBeDamagedWhenARecordHasAnyOtherType() throws Exception {
    int second = 7 + Short.toUnsignedInt((short) (whole[4] & 0xff | whole[5] << 8));
    for (int type = 0; type < 256; type++) {
      byte[] damaged = whole.clone();
      damaged[second + 6] = (byte) type;
      assertThat(isIntact(damaged)).as("type %d", type).isEqualTo(type == whole[second + 6]);
    }
  }

  @Test
  void shouldLeaveWhatRocksDbNoticesItself() throws Exception {
    Path other = Files.createTempDirectory(store, "other");
    assertThat(Manifest.isIntact(other)).isTrue();
    Files.writeString(other.resolve("CURRENT"), "MANIFEST-000009\n");
    assertThat(Manifest.isIntact(other)).isTrue();
    Files.writeString(other.resolve("CURRENT"), "../../etc/passwd\n");
    assertThat(Manifest.isIntact(other)).isTrue();
  }

  private static boolean isIntact(byte[] manifest) throws Exception {
    Files.write(file, manifest);
    return Manifest.isIntact(store);
  }
}
