package bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Encodes and decodes the record that {@code bench.events/SHAPE.avro} holds, whose schema is {@code bench.schemas/SHAPE.avsc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {
  @Param("plain")
  public String shape;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private byte[] bytes;
  private SpecificRecord event;
  private SpecificRecord reused;
  private SpecificDatumWriter<SpecificRecord> writer;
  private SpecificDatumReader<SpecificRecord> reader;
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  @Setup
  @SuppressWarnings("unchecked")
  public void setUp() throws IOException {
    Schema schema = new Schema.Parser().parse(Path.of(System.getProperty("bench.schemas"), shape + ".avsc").toFile());
    bytes = Files.readAllBytes(Path.of(System.getProperty("bench.events"), shape + ".avro"));
    // By its class, whose conversions of logical types go with it.
    Class<SpecificRecord> type = SpecificData.get().getClass(schema);
    writer = new SpecificDatumWriter<>(type);
    reader = new SpecificDatumReader<>(type);
    event = decode();
    reused = decode();
    // A map's entries may be written in another order, so records are compared.
    SpecificRecord written = reader.read(null, DecoderFactory.get().binaryDecoder(encode().toByteArray(), null));
    if (!written.equals(event) || !decodeReused().equals(event)) {
      throw new IllegalStateException(shape + ": another event is read than was written");
    }
  }

  @Benchmark
  public ByteArrayOutputStream encode() throws IOException {
    out.reset();
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    writer.write(event, encoder);
    encoder.flush();
    return out;
  }

  @Benchmark
  public SpecificRecord decode() throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    return reader.read(null, decoder);
  }

  @Benchmark
  public SpecificRecord decodeReused() throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    reused = reader.read(reused, decoder);
    return reused;
  }
}
