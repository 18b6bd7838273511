package org.millrace.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;

/** What a tus client says, one request at a time. */
public final class TusClient {

    public static final String UPLOADS = "/api/v1/uploads";
    public static final String BYTES = "application/offset+octet-stream";

    private TusClient() {}

    /** A request as tus wants it. */
    public static RequestSpecification tus() {
        return given().header("Tus-Resumable", "1.0.0");
    }

    /** Announces an upload of a file of this name and returns where to send its bytes. */
    public static String announce(long length, String fileName) {
        Response response = tus().header("Upload-Length", length)
                .header("Upload-Metadata", "filename " + base64(fileName))
                .post(UPLOADS);
        response.then().statusCode(201);
        return response.header("Location");
    }

    /** Sends bytes. */
    public static Response patch(String upload, long offset, byte[] bytes) {
        return tus().header("Upload-Offset", offset)
                .contentType(BYTES)
                .body(bytes)
                .patch(upload);
    }

    /** How many bytes are safe. */
    public static long offset(String upload) {
        Response response = tus().head(upload);
        response.then().statusCode(200);
        return Long.parseLong(response.header("Upload-Offset"));
    }

    /** Bytes that are alike in every run. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** As metadata are written. */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As a checksum header has it. */
    public static String checksum(String name, String algorithm, byte[] bytes) {
        try {
            byte[] sum = MessageDigest.getInstance(algorithm).digest(bytes);
            return name + " " + Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
