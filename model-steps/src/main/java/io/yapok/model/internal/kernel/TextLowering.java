package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;
import io.yapok.schemas.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Terms that are text, and vectors of it. */
final class TextLowering {
  private final Lowering lowering;
  private final Failures failures;

  TextLowering(Lowering lowering) {
    this.lowering = lowering;
    this.failures = lowering.failures();
  }

  RowText lower(Term term) {
    return switch (term) {
      case Term.TextConstant constant -> constant(constant.value());
      case Term.Read read -> read(lowering.column(read));
      case Apply apply -> apply(apply);
      case Term.IntegerConstant _, Term.FloatConstant _, Term.BoolConstant _ -> throw new IllegalStateException("no text: " + term);
    };
  }

  RowTexts lowerVector(Term term) {
    if (term.type().isScalar()) {
      return list(List.of(lower(term)));
    }
    if (term instanceof Term.Read read) {
      return readVector(lowering.column(read));
    }
    if (term instanceof Apply apply && apply.op() == Op.LIST) {
      return list(apply.args().stream().map(this::lower).toList());
    }
    throw new IllegalStateException("no vector of text: " + term);
  }

  private RowText apply(Apply term) {
    return switch (term.op()) {
      case IF -> choose(lowering.bool(term.arg(0)), lower(term.arg(1)), lower(term.arg(2)));
      case INDEX -> element(lowerVector(term.arg(0)), lowering.integer(term.arg(1)));
      case TO_TEXT -> convert(term.arg(0));
      default -> throw new IllegalStateException("no text: " + term.op());
    };
  }

  private static RowText constant(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    RowText text = new RowText() {
      @Override
      void load(int row) {}
    };
    text.view(utf8, 0, utf8.length);
    return text;
  }

  private static RowText read(Column column) {
    return new RowText() {
      @Override
      void load(int row) {
        view(column, row);
      }
    };
  }

  private static RowTexts readVector(Column column) {
    return new RowTexts() {
      private final RowText element = constant("");
      private int first;

      @Override
      void load(int row) {
        first = column.start(row);
        count = column.count(row);
      }

      @Override
      RowText element(int index) {
        element.view(column, first + index);
        return element;
      }
    };
  }

  private static RowTexts list(List<RowText> elements) {
    RowText[] all = elements.toArray(RowText[]::new);
    return new RowTexts() {
      @Override
      void load(int row) {
        for (RowText element : all) {
          element.load(row);
        }
        count = all.length;
      }

      @Override
      RowText element(int index) {
        return all[index];
      }
    };
  }

  private static RowText choose(RowBool condition, RowText yes, RowText no) {
    return new RowText() {
      @Override
      void load(int row) {
        RowText chosen = condition.at(row) ? yes : no;
        chosen.load(row);
        view(chosen);
      }
    };
  }

  private RowText element(RowTexts vector, RowLong index) {
    return new RowText() {
      @Override
      void load(int row) {
        long place = index.at(row);
        vector.load(row);
        if (Indexing.inside(place, vector.count, failures)) {
          view(vector.element((int) place));
        } else {
          viewNothing();
        }
      }
    };
  }

  private RowText convert(Term from) {
    if (from.type().base() == Base.BOOL) {
      return choose(lowering.bool(from), constant("true"), constant("false"));
    }
    return from.type().base() == Base.TEXT ? lower(from) : digits(lowering.integer(from));
  }

  private static RowText digits(RowLong number) {
    return new RowText() {
      private final byte[] buffer = new byte[TextNumbers.MAX_DIGITS];

      @Override
      void load(int row) {
        view(buffer, TextNumbers.format(number.at(row), buffer), buffer.length);
      }
    };
  }
}
