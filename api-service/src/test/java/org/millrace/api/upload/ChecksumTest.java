package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static final byte[] BYTES = "all that was meant".getBytes(StandardCharsets.UTF_8);

    @Test
    void all_bytes_pass_if_the_sum_is_right() throws Exception {
        Checksum checksum = of(BYTES);
        assertThat(over(checksum, BYTES.length).readAllBytes()).isEqualTo(BYTES);
        assertThat(checksum.matches()).isTrue();
    }

    @Test
    void the_byte_that_would_make_the_upload_whole_does_not_pass_if_the_sum_is_wrong() throws Exception {
        Checksum checksum = of(new byte[] {1});
        assertThat(over(checksum, BYTES.length).readAllBytes()).hasSize(BYTES.length - 1);
        assertThat(checksum.matches()).isFalse();

        checksum = of(new byte[] {1});
        InputStream single = over(checksum, BYTES.length);
        for (int i = 0; i < BYTES.length - 1; i++) {
            assertThat(single.read()).isEqualTo(BYTES[i]);
        }
        assertThat(single.read()).isEqualTo(-1);
        assertThat(checksum.matches()).isFalse();
    }

    @Test
    void what_does_not_make_the_upload_whole_passes_and_is_judged_by_who_asks() throws Exception {
        Checksum checksum = of(new byte[] {1});
        assertThat(over(checksum, BYTES.length + 1).readAllBytes()).isEqualTo(BYTES);
        assertThat(checksum.matches()).isFalse();
    }

    @Test
    void bytes_beyond_the_whole_are_neither_passed_nor_summed() throws IOException, NoSuchAlgorithmException {
        Checksum checksum = of(new byte[] {BYTES[0], BYTES[1]});
        assertThat(over(checksum, 2).readAllBytes()).containsExactly(BYTES[0], BYTES[1]);
        assertThat(checksum.matches()).isTrue();
    }

    private static InputStream over(Checksum checksum, long missing) {
        return checksum.over(new ByteArrayInputStream(BYTES), missing);
    }

    private static Checksum of(byte[] bytes) throws NoSuchAlgorithmException {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
        return Checksum.parse("sha256 " + Base64.getEncoder().encodeToString(sum));
    }
}
