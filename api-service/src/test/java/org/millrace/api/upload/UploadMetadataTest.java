package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

class UploadMetadataTest {

    @Test
    void names_are_decoded_and_the_header_is_kept_as_it_was() {
        String header = "filename " + base64("Кот и собака.mp4") + ",empty, title " + base64("Das ist’s");
        UploadMetadata metadata = UploadMetadata.parse(header);

        assertThat(metadata.fileName()).isEqualTo("Кот и собака.mp4");
        assertThat(metadata.title()).isEqualTo("Das ist’s");
        assertThat(metadata.raw()).isEqualTo(header);
    }

    @Test
    void nothing_said_is_fine() {
        assertThat(UploadMetadata.parse(null)).isEqualTo(new UploadMetadata("", "", "Untitled", null, null));
    }

    @Test
    void hostile_names_are_cleaned() {
        UploadMetadata metadata = UploadMetadata.parse("filename " + base64("../../\u0000\"';ls\n.mp4"));

        assertThat(metadata.fileName()).isEqualTo("\"';ls .mp4");
        assertThat(metadata.title()).isEqualTo("\"';ls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename !!!",
                "filename YQ== YQ==",
                "filename YQ==,filename YQ==",
                ",",
                "filename YQ==,",
                "fïlename YQ==",
                " ,a"
            })
    void what_tus_does_not_allow_is_refused(String header) {
        assertThatThrownBy(() -> UploadMetadata.parse(header))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UPLOAD_METADATA_INVALID));
    }

    @Test
    void more_than_four_kilobytes_are_refused() {
        UploadMetadata.parse("a " + "A".repeat(4092));
        assertThatThrownBy(() -> UploadMetadata.parse("a " + "A".repeat(4096))).isInstanceOf(ProblemException.class);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
