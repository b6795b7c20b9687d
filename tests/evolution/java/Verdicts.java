import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * What Avro's Java library says of the pairs that the tests judge: a line for each, in their order, with `yes`, `no`, or `err` where it takes one
 * of the two for no schema.
 *
 * <p>java -cp "$(cargo xtask avro-jars)" tests/evolution/java/Verdicts.java "$KAFKA_EVENT_CORPUS" > tests/evolution/java/verdicts.tsv
 */
public class Verdicts {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    Path corpus = Path.of(arguments[0]);
    JsonNode pairs = JSON.readTree(corpus.resolve("official/py-test_compatibility-pairs.json").toFile());
    int number = 0;
    for (JsonNode pair : pairs) {
      System.out.println("official\t" + number++ + "\t" + verdict(pair.get("reader").toString(), pair.get("writer").toString()));
    }
    List<String> lines = Files.readAllLines(corpus.resolve("EVOLUTION_PAIRS.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split("\t");
      String older = text(corpus.resolve(columns[2]).toFile());
      String newer = text(corpus.resolve(columns[3]).toFile());
      System.out.println("the newer reads\t" + columns[3] + "\t" + verdict(newer, older));
      System.out.println("the older reads\t" + columns[3] + "\t" + verdict(older, newer));
    }
  }

  private static String text(File file) throws Exception {
    return Files.readString(file.toPath());
  }

  private static String verdict(String reader, String writer) {
    Schema read;
    Schema written;
    try {
      read = new Schema.Parser().parse(reader);
      written = new Schema.Parser().parse(writer);
    } catch (RuntimeException refused) {
      return "err";
    }
    SchemaCompatibility.SchemaPairCompatibility found = SchemaCompatibility.checkReaderWriterCompatibility(read, written);
    return found.getType() == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE ? "yes" : "no";
  }
}
