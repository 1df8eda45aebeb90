package io.yapok.app.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementAddressTest {
  @ParameterizedTest
  @CsvSource({"9464, 127.0.0.1, 9464", "0, 127.0.0.1, 0", "0.0.0.0:8080, 0.0.0.0, 8080", "localhost:1, localhost, 1", "[::1]:9464, ::1, 9464"})
  void shouldReadAPortAndAHost(String text, String host, int port) {
    assertThat(ManagementAddress.parse(text)).isEqualTo(new ManagementAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "localhost", "localhost:", ":9464", "9464x", "65536", "-1", "localhost:-1", "localhost:99999999999", "a:b:c", "http://localhost:9464/x"})
  void shouldSayWhatAnAddressIsWhenItIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ManagementAddress.parse(text)).withMessageContaining("HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9464", "[::1]:9464"})
  void shouldPrintWhatCanBeReadAgain(String text) {
    assertThat(ManagementAddress.parse(text)).hasToString(text);
  }
}
