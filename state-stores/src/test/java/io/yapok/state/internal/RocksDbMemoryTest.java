package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RocksDbMemoryTest {
  private static final long MIB = 1L << 20;

  @Test
  void shouldGiveTheValuesPutLastThreeQuartersOfWhatIsNotKept() {
    assertThat(recentValues(256 * MIB)).as("48 are kept").isEqualTo(156 * MIB);
  }

  @Test
  void shouldLeaveRocksDbSixteenMegabytesOrHalfWhenThereIsLittle() {
    assertThat(recentValues(64 * MIB)).as("16 are kept").isEqualTo(32 * MIB);
    assertThat(recentValues(16 * MIB)).as("4 are kept").isEqualTo(6 * MIB);
  }

  @Test
  void shouldRefuseLessThanOneWriteBufferAndItsBlocks() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RocksDbMemory(16 * MIB - 1)).withMessageContaining("at least 16777216 bytes");
  }

  private static long recentValues(long bytes) {
    try (RocksDbMemory memory = new RocksDbMemory(bytes)) {
      Allowance allowance = memory.recentValues();
      while (allowance.take(MIB)) {
        // until it is all taken
      }
      return allowance.taken();
    }
  }
}
