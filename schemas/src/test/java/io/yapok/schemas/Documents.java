package io.yapok.schemas;

/** Documents that tests read. */
public final class Documents {
  /** The example that the README explains. */
  public static final String DIGITS =
      """
      name: digits
      source: {topic: digits, format: json}
      steps:
        - model: mnist.onnx             # a file beside this document
          inputs:
            Input3: pixels              # a field
          outputs:
            Plus214_Output_0: scores    # the name in the result
        - transform:
            digit: argmax(scores)
        - validate:
            unsure: max(scores) < 5.0   # anomaly.unsure in the result
      sink: {topic: digits-scored, format: json}
      rejects: {topic: digits-rejected} # or `rejects: fail`
      """;

  /** Every key there is, with a value that is not the default where there is one. */
  public static final String EVERYTHING =
      """
      apiVersion: yapok/v1
      name: ranking
      source:
        topic: requests
        format: json
        key: customer.id
        rows: items
        tombstone: pass
        fields:
          amount: float32
          embedding: {type: float64, shape: [2, "?"], default: -1.5}
          label:
            type: text
            default: none
      tables:
        users:
          topic: users
          as_of: record
          history: 36h
          fields: {age: float32}
        items:
          topic: items
          format: avro
          global: true
          by: item.id
          fields:
            taste: {type: float32, shape: [16], default: 0}
            title: text
      state:
        features:
          seen: count
          gap: {aggregate: seconds_since_last, at: after, default: 3.5}
          spent: {aggregate: sum, of: amount, over: 24h, buckets: 48}
          high: {aggregate: max, of: amount, over: 1d, window: tumbling, at: after, default: -1}
          rounds: {aggregate: quantile, of: amount, window: session, gap: 30min, q: 0.9}
          smooth: {aggregate: ewma, of: amount, half_life: 90s}
          shops: {aggregate: top, of: shop, n: 3}
        sequence:
          history: {of: [amount, age], last: 16, at: before, default: 0.5}
        dedupe: {by: order, within: 2h, keep: 10}
        late: newest_window
        ttl: 30d
        memory: 32MiB
        standbys: 2
      steps:
        - model: fraud/3
          inputs:
            features:
              - amount
              - {field: age, scale: 0.5, offset: -1, default: 0}
              - {field: country, vocabulary: [CH, DE, 7], one_hot: true, default: CH}
            words: {field: word, vocabulary: words.txt, cast: int64}
            class: {field: class, one_hot: 10}
          outputs:
            probabilities: score
          rows: 3
          deterministic: true
          nonfinite: allow
          state: {h_in: h_out, c_in: c_out}
        - model: other
          name: second
        - transform: {twice: score * 2.0}
        - transform: {one: 1}
        - rank: {by: score, keep: 10, fields: [id, score], descending: false}
          name: best
      sink: {topic: ranked, format: json}
      rejects: fail
      delivery: at_least_once
      batch: {records: 64, bytes: 512KiB, time: 5ms}
      include: [id, items]
      exclude: [secret]
      kafka:
        security.protocol: SASL_SSL
        sasl.jaas.config: ${env:JAAS}
        producer.linger.ms: 5
      """;

  private Documents() {}
}
