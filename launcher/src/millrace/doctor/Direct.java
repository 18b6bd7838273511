package millrace.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.product.Json;

/**
 * Sends a part of an upload straight to the bucket as a page does, if the installation is open for that, and gives the
 * upload up before it would become a video.
 */
final class Direct {

    private static final String PATH = "/api/v1/direct-uploads";
    private static final int LENGTH = 6 << 20;
    private static final String OFF = "MILLRACE_UPLOAD_DIRECT=false";

    private final Wire wire;

    Direct(Wire wire) {
        this.wire = wire;
    }

    /** Nothing if files do not go there directly. */
    List<Finding> look() throws IOException, InterruptedException {
        HttpResponse<String> announced = json(PATH, "{\"fileName\":\"doctor.mp4\",\"length\":" + LENGTH + "}");
        if (announced.statusCode() == 404) {
            return List.of();
        }
        if (announced.statusCode() != 201) {
            return List.of(Finding.wrong(
                    "direct",
                    "an upload into the bucket is refused with " + Wire.told(announced),
                    "the account of S3 needs s3:PutObject and s3:AbortMultipartUpload; or set " + OFF));
        }
        String upload = PATH + "/" + member(announced, "id");
        try {
            return send(upload);
        } finally {
            wire.send("DELETE", wire.server().resolve(upload), BodyPublishers.noBody());
        }
    }

    private List<Finding> send(String upload) throws IOException, InterruptedException {
        HttpResponse<String> told = json(upload + "/addresses", "{\"parts\":[1]}");
        if (!(Json.parse(told.body()) instanceof List<?> list)
                || list.isEmpty()
                || !(list.getFirst() instanceof Map<?, ?> address)) {
            return List.of(Finding.wrong("direct", "no address for a part comes: " + Wire.told(told), "set " + OFF));
        }
        URI part = URI.create(String.valueOf(address.get("url")));
        List<Finding> found = new ArrayList<>();
        try {
            HttpResponse<String> sent =
                    wire.send("PUT", part, BodyPublishers.ofByteArray(new byte[LENGTH]), "Origin", origin());
            found.add(
                    sent.statusCode() == 200 && arrived(upload)
                            ? Finding.ok("multipart", "a part that is sent straight to the bucket arrives")
                            : Finding.wrong(
                                    "multipart",
                                    "a part that is sent straight to the bucket is answered with " + sent.statusCode(),
                                    "the account of S3 needs s3:PutObject and s3:ListMultipartUploadParts, and the clocks"
                                            + " have to agree; or set " + OFF));
        } catch (IOException e) {
            found.add(Finding.wrong(
                    "direct",
                    "pages send files to " + part.getAuthority() + ", which does not answer: " + e,
                    "set QUARKUS_S3_ENDPOINT_OVERRIDE to an address that browsers reach, or " + OFF));
            return found;
        }
        found.add(cors(part));
        return found;
    }

    /** A browser asks before it sends. */
    private Finding cors(URI part) throws IOException, InterruptedException {
        HttpResponse<String> answer = wire.send(
                "OPTIONS",
                part,
                BodyPublishers.noBody(),
                "Origin",
                origin(),
                "Access-Control-Request-Method",
                "PUT");
        String origins = answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
        String methods = answer.headers().firstValue("Access-Control-Allow-Methods").orElse("");
        return (origins.equals("*") || origins.equals(origin())) && methods.contains("PUT")
                ? Finding.ok("cors", part.getAuthority() + " lets pages of " + origin() + " send")
                : Finding.wrong(
                        "cors",
                        part.getAuthority() + " lets no page of " + origin() + " send",
                        "allow the bucket PUT from " + origin() + " (s3api put-bucket-cors), or set " + OFF);
    }

    private boolean arrived(String upload) throws IOException, InterruptedException {
        return Json.parse(wire.get(upload).body()) instanceof Map<?, ?> now
                && now.get("sent") instanceof List<?> sent
                && sent.size() == 1;
    }

    private HttpResponse<String> json(String path, String body) throws IOException, InterruptedException {
        return wire.send(
                "POST",
                wire.server().resolve(path),
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json",
                "Accept",
                "application/json");
    }

    private static Object member(HttpResponse<String> answer, String name) throws IOException {
        return Json.parse(answer.body()) instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private String origin() {
        return wire.server().getScheme() + "://" + wire.server().getAuthority();
    }
}
