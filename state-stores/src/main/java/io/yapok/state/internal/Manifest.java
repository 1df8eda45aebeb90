package io.yapok.state.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The file in which RocksDB lists its tables, checked before RocksDB reads it: 10.1.3 reads one for ever in which a record's type is overwritten by certain others
 * (<a href="https://github.com/facebook/rocksdb/issues/13333">facebook/rocksdb#13333</a>, of the same reader), and no thread in native code can be stopped.
 *
 * <p>It is a log (<a href="https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format">its format</a>): blocks of 32 KiB, of records with a checksum (4 bytes), a length (2), a type (1) and that many bytes. What a writer that was killed left
 * at its end is no damage; RocksDB passes over it.
 */
final class Manifest {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;

  /** A record that is whole, or the first, a middle or the last part of one: 1 to 4. A manifest has no others. */
  private static final int LAST_TYPE = 4;

  /** Of a block's end that nobody has written. */
  private static final int UNWRITTEN = 0;

  /** So that a checksum of bytes with checksums in them is of use; see {@code crc32c.h} of RocksDB. */
  private static final int MASK = 0xa282ead8;

  private Manifest() {}

  /**
   * Whether all that the manifest of a store has is as it was written. Also of a store without one, or whose pointer to it leads nowhere: RocksDB notices that itself.
   *
   * @param store the directory of its files
   * @throws IOException if the manifest cannot be read
   */
  static boolean isIntact(Path store) throws IOException {
    Path pointer = store.resolve("CURRENT");
    if (!Files.isRegularFile(pointer) || Files.size(pointer) > BLOCK) {
      return true;
    }
    String name = Files.readString(pointer, StandardCharsets.ISO_8859_1).strip();
    return !name.matches("MANIFEST-\\d+") || !Files.isRegularFile(store.resolve(name)) || areIntact(store.resolve(name));
  }

  private static boolean areIntact(Path records) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try (InputStream in = Files.newInputStream(records)) {
      boolean last = false;
      while (!last) {
        int length = in.readNBytes(block.array(), 0, BLOCK);
        last = length < BLOCK;
        if (!isIntact(block.clear().limit(length), last)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean isIntact(ByteBuffer block, boolean last) {
    CRC32C crc = new CRC32C();
    while (block.remaining() >= HEADER) {
      int checksum = block.getInt();
      int length = Short.toUnsignedInt(block.getShort());
      int type = block.get(block.position());
      if (type == UNWRITTEN && length == 0 && checksum == 0) {
        return true;
      }
      if (type <= UNWRITTEN || type > LAST_TYPE) {
        return false;
      }
      int end = block.position() + 1 + length;
      if (end > block.limit()) {
        return last;
      }
      crc.reset();
      crc.update(block.slice(block.position(), 1 + length));
      if (checksum != masked((int) crc.getValue())) {
        return false;
      }
      block.position(end);
    }
    return true;
  }

  private static int masked(int crc) {
    return Integer.rotateRight(crc, 15) + MASK;
  }
}
