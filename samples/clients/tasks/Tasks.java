// Five tasks with the native API. Arguments: the service's address, the folder of the sample pictures.
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import static java.nio.charset.StandardCharsets.UTF_8;

public class Tasks {
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static String service = "http://127.0.0.1:5000";

    public static void main(String[] args) throws Exception {
        if (args.length > 0) service = args[0].replaceAll("/$", "");
        var pictures = Path.of(args.length > 1 ? args[1] : "../..");
        var table = System.getenv().getOrDefault("TABLE", "tasks");

        // 1. Create a table with attributes.
        var settings = "{\"metric\": \"cosine\", \"attributes\": [{\"name\": \"price\", \"type\": \"number\"}, {\"name\": \"brand\", \"type\": \"string\"}]}";
        var created = call("PUT", "tables/" + table, BodyPublishers.ofString(settings), "application/json");
        System.out.println("table: " + member(created, "metric"));

        // 2. Add a picture under a key.
        var strawberry = pictures.resolve("strawberry.jpg");
        var fields = "?product_id=4711&attributes=" + URLEncoder.encode("{\"price\": 3.5, \"brand\": \"acme\"}", UTF_8);
        var item = call("PUT", "tables/" + table + "/items/strawberry" + fields, BodyPublishers.ofFile(strawberry), "image/jpeg");
        System.out.println("item: " + member(item, "key") + " " + member(item, "effect"));

        // 3. Import a list and follow its progress.
        var lines = line("hamburger", pictures.resolve("hamburger.jpg"), 8) + line("pizza", pictures.resolve("pizza.webp"), 9);
        var started = call("POST", "tables/" + table + "/imports", BodyPublishers.ofString(lines), "application/x-ndjson");
        var events = request("GET", "imports/" + member(started, "id") + "/events", BodyPublishers.noBody(), "application/json");
        var progress = CLIENT.send(events, BodyHandlers.ofLines()).body() // ends with the import; after ten minutes open the events again
            .filter(text -> text.startsWith("data: ")).reduce((before, last) -> last).orElseThrow();
        System.out.println("import: " + member(progress, "state") + " " + member(progress, "stored") + " stored " + member(progress, "failed") + " failed");

        // 4. Search by a picture with a filter.
        var query = "?limit=3&filter=" + URLEncoder.encode("price < 5", UTF_8);
        var found = call("POST", "tables/" + table + "/search" + query, BodyPublishers.ofFile(strawberry), "image/jpeg");
        for (var hit : found.split("\"id\":"))
            if (hit.contains("\"score\":")) System.out.printf("hit: %s %.2f%n", member(hit, "key"), Double.parseDouble(member(hit, "score")));

        // 5. Find an item by its key, and delete it.
        item = call("GET", "tables/" + table + "/items/strawberry", BodyPublishers.noBody(), "application/json");
        System.out.println("price: " + member(item, "price"));
        call("DELETE", "tables/" + table + "/items/strawberry", BodyPublishers.noBody(), "application/json");
        System.out.println("deleted: " + member(item, "key"));
    }

    private static HttpRequest request(String method, String path, BodyPublisher body, String contentType) {
        var token = System.getenv().getOrDefault("TOKEN", "");
        return HttpRequest.newBuilder(URI.create(service + "/v1/" + path)).method(method, body).timeout(Duration.ofSeconds(60))
            .header("Content-Type", contentType).header("token", token).build();
    }

    private static String call(String method, String path, BodyPublisher body, String contentType) throws Exception {
        var response = CLIENT.send(request(method, path, body, contentType), BodyHandlers.ofString());
        if (response.statusCode() < 400) return response.body();
        throw new IllegalStateException(member(response.body(), "code") + ": " + member(response.body(), "detail"));
    }

    private static String line(String key, Path picture, int price) throws Exception {
        var image = Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
        return "{\"key\": \"" + key + "\", \"image\": \"" + image + "\", \"attributes\": {\"price\": " + price + "}}\n";
    }

    // The JDK has no JSON; use Jackson or Gson in a program.
    private static String member(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return found.find() ? found.group(1) : "";
    }
}
