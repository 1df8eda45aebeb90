package io.yapok.app.internal.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes payments down as JSON, and some of them wrongly. Everything in a record is ASCII, so bytes
 * are put side by side without an encoder. For one thread.
 */
final class PaymentJson {
  private static final int LONGEST = 320;
  private static final byte[] CARD = ascii("c-00000");

  private static final byte[] PAYMENT = ascii("{\"payment\":");
  private static final byte[] CARD_FIELD = ascii(",\"card\":\"");
  private static final byte[] AMOUNT = ascii("\",\"amount\":");
  private static final byte[] AMOUNT_AS_TEXT = ascii("\",\"amount\":\"EUR ");
  private static final byte[] NO_AMOUNT = ascii("\",\"amnt\":");
  private static final byte[] CURRENCY = ascii(",\"currency\":\"EUR\",\"merchant_category\":\"");
  private static final byte[] CURRENCY_AFTER_TEXT =
      ascii("\",\"currency\":\"EUR\",\"merchant_category\":\"");
  private static final byte[] MISSPELT = ascii("~");
  private static final byte[] CHANNEL = ascii("\",\"channel\":\"");
  private static final byte[] COUNTRY = ascii("\",\"country\":\"");
  private static final byte[] HOME = ascii("\",\"home_country\":\"");
  private static final byte[] HOUR = ascii("\",\"hour\":");
  private static final byte[] END = ascii("}");
  private static final byte[] NO_JSON = ascii("ERR 504 upstream timeout");

  private static final Map<Category, byte[]> CATEGORIES = new EnumMap<>(Category.class);
  private static final Map<Channel, byte[]> CHANNELS = new EnumMap<>(Channel.class);
  private static final Map<Country, byte[]> COUNTRIES = new EnumMap<>(Country.class);

  static {
    for (Category category : Category.values()) {
      CATEGORIES.put(category, ascii(category.word()));
    }
    for (Channel channel : Channel.values()) {
      CHANNELS.put(channel, ascii(channel.word()));
    }
    for (Country country : Country.values()) {
      COUNTRIES.put(country, ascii(country.word()));
    }
  }

  private final byte[] bytes = new byte[LONGEST];
  private int length;

  /** Ways to write a payment down wrongly; each is rejected for a reason of its own. */
  enum Fault {
    NONE,
    NO_JSON,
    CUT_OFF,
    AMOUNT_MISSING,
    AMOUNT_AS_TEXT,
    /** The only one whose record can be decoded, so that it counts for what is remembered of the card. */
    CATEGORY_UNKNOWN
  }

  private static final Fault[] FAULTS = Fault.values();

  /** The name of a card: {@code c-01234}. */
  static byte[] card(int card) {
    byte[] name = CARD.clone();
    putDigits(card, name, name.length);
    return name;
  }

  /** What is wrong with a payment's record: for a malformed one its number chooses. */
  static Fault fault(long number, Purchase purchase) {
    return purchase.kind() == Kind.MALFORMED
        ? FAULTS[1 + (int) (number % (FAULTS.length - 1))]
        : Fault.NONE;
  }

  /** A payment's record. */
  byte[] value(long number, Purchase purchase) {
    Fault fault = fault(number, purchase);
    length = 0;
    write(number, purchase, fault);
    return switch (fault) {
      case NO_JSON -> NO_JSON.clone();
      case CUT_OFF -> Arrays.copyOf(bytes, length / 2);
      case NONE, AMOUNT_MISSING, AMOUNT_AS_TEXT, CATEGORY_UNKNOWN -> Arrays.copyOf(bytes, length);
    };
  }

  private void write(long number, Purchase purchase, Fault fault) {
    put(PAYMENT);
    put(number);
    put(CARD_FIELD);
    put(CARD);
    putDigits(purchase.card(), bytes, length);
    putAmount(purchase.cents(), fault);
    put(bytesOf(CATEGORIES, purchase.category()));
    if (fault == Fault.CATEGORY_UNKNOWN) {
      put(MISSPELT);
    }
    put(CHANNEL);
    put(bytesOf(CHANNELS, purchase.channel()));
    put(COUNTRY);
    put(bytesOf(COUNTRIES, purchase.country()));
    put(HOME);
    put(bytesOf(COUNTRIES, purchase.home()));
    put(HOUR);
    put(purchase.hour());
    put(END);
  }

  private void putAmount(long cents, Fault fault) {
    boolean text = fault == Fault.AMOUNT_AS_TEXT;
    put(text ? AMOUNT_AS_TEXT : fault == Fault.AMOUNT_MISSING ? NO_AMOUNT : AMOUNT);
    put(cents / 100);
    bytes[length++] = '.';
    bytes[length++] = (byte) ('0' + cents / 10 % 10);
    bytes[length++] = (byte) ('0' + cents % 10);
    put(text ? CURRENCY_AFTER_TEXT : CURRENCY);
  }

  private void put(byte[] part) {
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
  }

  /** Writes a number that is 0 or more, in decimal. */
  private void put(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    length += digits;
    bytes[length - 1] = '0'; // for 0 itself
    putDigits(number, bytes, length);
  }

  /** Writes the decimal digits of a number so that they end before {@code end}; none for 0. */
  private static void putDigits(long number, byte[] target, int end) {
    int place = end;
    for (long rest = number; rest > 0; rest /= 10) {
      target[--place] = (byte) ('0' + rest % 10);
    }
  }

  private static <K> byte[] bytesOf(Map<K, byte[]> words, K key) {
    return Objects.requireNonNull(words.get(key));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
