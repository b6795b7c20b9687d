import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonDecoder;

/**
 * Java's own way between a datum's bytes and its JSON, line by line: `json`, a schema and hexadecimal bytes, or `avro`, a schema and JSON, in columns
 * between tabs; what becomes of them, or `refused`, is the line that is written.
 */
public class Transcode {
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] columns = line.split("\t", 3);
            Schema schema = new Schema.Parser().parse(columns[1]);
            try {
                out.println(columns[0].equals("json") ? json(schema, columns[2]) : avro(schema, columns[2]));
            } catch (Exception | StackOverflowError error) {
                out.println("refused");
            }
            out.flush();
        }
    }

    static String json(Schema schema, String hexadecimal) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        Object datum = new GenericDatumReader<>(schema).read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        write(schema, datum, EncoderFactory.get().jsonEncoder(schema, text));
        return text.toString(StandardCharsets.UTF_8);
    }

    static String avro(Schema schema, String json) throws Exception {
        JsonDecoder decoder = DecoderFactory.get().jsonDecoder(schema, json);
        Object datum = new GenericDatumReader<>(schema).read(null, decoder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(schema, datum, EncoderFactory.get().binaryEncoder(bytes, null));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    static void write(Schema schema, Object datum, Encoder encoder) throws Exception {
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
    }
}
