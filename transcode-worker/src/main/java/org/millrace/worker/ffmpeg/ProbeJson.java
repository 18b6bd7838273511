package org.millrace.worker.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads ffprobe's JSON. What is missing or of the wrong kind becomes null, never an error. */
final class ProbeJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProbeJson() {}

    /**
     * Reads a whole answer.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    static Probe parse(String json, List<String> complaints) throws JsonProcessingException {
        JsonNode root = JSON.readTree(json);
        List<ProbeStream> streams = new ArrayList<>();
        root.path("streams").forEach(node -> streams.add(stream(node)));
        List<ProbeChapter> chapters = new ArrayList<>();
        root.path("chapters")
                .forEach(node -> chapters.add(new ProbeChapter(
                        Seconds.parse(text(node, "start_time")),
                        Seconds.parse(text(node, "end_time")),
                        tags(node).get("title"))));
        return new Probe(format(root.path("format")), streams, chapters, complaints);
    }

    /**
     * Reads the brightest light of a first frame in cd/m²: what the content reaches, else what its maker's screen does.
     *
     * @throws JsonProcessingException if the answer is not JSON
     */
    static Optional<Double> peakNits(String json) throws JsonProcessingException {
        double content = 0;
        double screen = 0;
        for (JsonNode frame : JSON.readTree(json).path("frames")) {
            for (JsonNode data : frame.path("side_data_list")) {
                content = Math.max(content, data.path("max_content").asDouble());
                Ratio luminance = Ratio.parse(text(data, "max_luminance"));
                screen = luminance == null ? screen : Math.max(screen, luminance.value());
            }
        }
        double peak = content > 0 ? content : screen;
        return peak > 0 ? Optional.of(peak) : Optional.empty();
    }

    private static ProbeFormat format(JsonNode node) {
        String names = text(node, "format_name");
        return new ProbeFormat(
                names == null ? "" : names,
                Seconds.parse(text(node, "start_time")),
                Seconds.parse(text(node, "duration")),
                number(node, "size"),
                number(node, "bit_rate"),
                node.path("probe_score").asInt(),
                tags(node));
    }

    private static ProbeStream stream(JsonNode node) {
        String type = text(node, "codec_type");
        return new ProbeStream(
                node.path("index").asInt(),
                type == null ? "unknown" : type,
                text(node, "codec_name"),
                text(node, "codec_tag_string"),
                text(node, "profile"),
                integer(node, "level"),
                integer(node, "width"),
                integer(node, "height"),
                text(node, "pix_fmt"),
                text(node, "field_order"),
                text(node, "color_range"),
                text(node, "color_space"),
                text(node, "color_transfer"),
                text(node, "color_primaries"),
                Ratio.parse(text(node, "sample_aspect_ratio")),
                Ratio.parse(text(node, "r_frame_rate")),
                Ratio.parse(text(node, "avg_frame_rate")),
                integer(node, "sample_rate"),
                integer(node, "channels"),
                text(node, "channel_layout"),
                Seconds.parse(text(node, "start_time")),
                Seconds.parse(text(node, "duration")),
                number(node, "nb_frames"),
                number(node, "bit_rate"),
                rotation(node),
                isMirrored(node),
                dolbyVisionProfile(node),
                sideData(node),
                dispositions(node),
                tags(node),
                node);
    }

    private static int rotation(JsonNode node) {
        for (JsonNode data : node.path("side_data_list")) {
            if (data.has("rotation")) {
                return data.path("rotation").asInt();
            }
        }
        return 0;
    }

    /** A matrix with a negative determinant turns left into right. */
    private static boolean isMirrored(JsonNode node) {
        for (JsonNode data : node.path("side_data_list")) {
            String matrix = text(data, "displaymatrix");
            if (matrix != null) {
                List<Long> values = new ArrayList<>();
                for (String row : matrix.strip().split("\\R")) {
                    for (String value :
                            row.substring(row.indexOf(':') + 1).strip().split("\\s+")) {
                        values.add(Long.valueOf(value));
                    }
                }
                return values.size() == 9 && values.get(0) * values.get(4) < values.get(1) * values.get(3);
            }
        }
        return false;
    }

    private static Integer dolbyVisionProfile(JsonNode node) {
        for (JsonNode data : node.path("side_data_list")) {
            Integer profile = integer(data, "dv_profile");
            if (profile != null) {
                return profile;
            }
        }
        return null;
    }

    private static List<String> sideData(JsonNode node) {
        List<String> kinds = new ArrayList<>();
        node.path("side_data_list")
                .forEach(data -> kinds.add(data.path("side_data_type").asText()));
        return List.copyOf(kinds);
    }

    private static Set<String> dispositions(JsonNode node) {
        Set<String> set = new HashSet<>();
        node.path("disposition").properties().forEach(entry -> {
            if (entry.getValue().asInt() == 1) {
                set.add(entry.getKey());
            }
        });
        return Set.copyOf(set);
    }

    private static Map<String, String> tags(JsonNode node) {
        Map<String, String> tags = new HashMap<>();
        node.path("tags")
                .properties()
                .forEach(entry -> tags.putIfAbsent(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue().asText()));
        return Map.copyOf(tags);
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static Long number(JsonNode node, String key) {
        String text = text(node, key);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static Integer integer(JsonNode node, String key) {
        Long number = number(node, key);
        return number == null || number.intValue() != number ? null : Integer.valueOf(number.intValue());
    }
}
