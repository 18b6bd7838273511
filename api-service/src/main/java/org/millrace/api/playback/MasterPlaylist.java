package org.millrace.api.playback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The multivariant HLS playlist (RFC 8216) of a set: its renditions, its sounds, its subtitles.
 *
 * @param pictures renditions in any order; empty for a video that is only heard
 * @param sounds what can be heard with each of them, the default first; empty if there is none
 * @param subtitles what can be read with each of them
 * @param start name of the rendition to begin with; null leaves the choice to this playlist
 * @param storyboard whether there are small pictures for the time line
 * @param live whether its playlists grow; they lie one folder deeper than what is finished
 */
record MasterPlaylist(
        List<Variant> pictures,
        List<AudioChoice> sounds,
        List<SubtitleChoice> subtitles,
        String start,
        boolean storyboard,
        boolean live) {

    private static final String SOUNDS = "aud";
    private static final String SUBTITLES = "sub";

    /** Players begin with the variant that is listed first: one that most lines carry and that looks decent. */
    private static final int START_LINES = 480;

    /** The playlist as text. */
    String text() {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        if (live) {
            text.append(GrowingPlaylist.FROM_THE_START);
        }
        if (storyboard) {
            text.append("#EXT-X-SESSION-DATA:DATA-ID=\"org.millrace.thumbnails\",VALUE=\"")
                    .append(finished(MediaPath.STORYBOARD, MediaPath.Form.VTT))
                    .append("\"\n");
        }
        if (!pictures.isEmpty() || sounds.size() > 1) {
            addSounds(text);
        }
        addSubtitles(text);
        if (pictures.isEmpty()) {
            // Languages are no variants of each other: with several of them the first stands for all.
            sounds.stream()
                    .limit(1)
                    .forEach(sound -> variant(text, sound.variant(), sounds.size() > 1 ? sounds : null));
        }
        inOrder().forEach(picture -> variant(text, picture, picture.hasOwnSound() ? null : sounds));
        return text.toString();
    }

    private void addSounds(StringBuilder text) {
        Map<String, Integer> names = new HashMap<>();
        for (AudioChoice sound : sounds) {
            boolean first = sound.equals(sounds.getFirst());
            media(text, "AUDIO", SOUNDS, unique(names, sound.name()), sound.languageTag(), first);
            text.append(",AUTOSELECT=YES,CHANNELS=\"")
                    .append(sound.channels())
                    .append("\",URI=\"")
                    .append(sound.variant().name())
                    .append(".m3u8\"\n");
        }
    }

    private void addSubtitles(StringBuilder text) {
        Map<String, Integer> names = new HashMap<>();
        for (SubtitleChoice choice : subtitles) {
            media(text, "SUBTITLES", SUBTITLES, unique(names, choice.label()), choice.languageTag(), false);
            text.append(",AUTOSELECT=YES,FORCED=")
                    .append(choice.forced() ? "YES" : "NO")
                    .append(",URI=\"")
                    .append(finished(choice.name(), MediaPath.Form.M3U8))
                    .append("\"\n");
        }
    }

    private static void media(
            StringBuilder text, String type, String group, String name, String language, boolean standard) {
        text.append("#EXT-X-MEDIA:TYPE=").append(type).append(",GROUP-ID=\"").append(group);
        text.append("\",NAME=\"").append(name).append('"');
        if (language != null) {
            text.append(",LANGUAGE=\"").append(language).append('"');
        }
        text.append(",DEFAULT=").append(standard ? "YES" : "NO");
    }

    /** RFC 8216 §4.3.4.1.1: no two of a group may have the same name. */
    private static String unique(Map<String, Integer> names, String name) {
        int number = names.merge(name, 1, Integer::sum);
        return number == 1 ? name : name + " " + number;
    }

    private String finished(String name, MediaPath.Form form) {
        return (live ? "../" : "") + name + "." + form.extension();
    }

    /** @param heard the group to hear with it; null if it has its own sound or is one */
    private void variant(StringBuilder text, Variant variant, List<AudioChoice> heard) {
        List<Variant> group = heard == null
                ? List.of()
                : heard.stream().map(AudioChoice::variant).toList();
        List<Variant> added = variant.isVideo() ? group : List.of();
        long peak = variant.peak() + most(added.stream().mapToLong(Variant::peak));
        text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(peak);
        if (variant.average() != null && added.stream().allMatch(sound -> sound.average() != null)) {
            long average = variant.average() + most(added.stream().mapToLong(Variant::average));
            text.append(",AVERAGE-BANDWIDTH=").append(average);
        }
        text.append(",CODECS=\"").append(codecs(variant, added)).append('"');
        if (variant.isVideo()) {
            text.append(",RESOLUTION=").append(variant.width()).append('x').append(variant.height());
        }
        if (variant.framesPerSecond() > 0) {
            text.append(String.format(Locale.ROOT, ",FRAME-RATE=%.3f", variant.framesPerSecond()));
        }
        if (!group.isEmpty()) {
            text.append(",AUDIO=\"" + SOUNDS + "\"");
        }
        if (!subtitles.isEmpty()) {
            text.append(",SUBTITLES=\"" + SUBTITLES + "\"");
        }
        text.append('\n').append(variant.name()).append(".m3u8\n");
    }

    private static long most(LongStream rates) {
        return rates.max().orElse(0);
    }

    private static String codecs(Variant variant, List<Variant> sounds) {
        Set<String> codecs = new LinkedHashSet<>();
        Stream.concat(Stream.of(variant), sounds.stream())
                .flatMap(each -> Arrays.stream(each.codecs().split(",")))
                .map(String::strip)
                .forEach(codecs::add);
        return codecs.stream().collect(Collectors.joining(","));
    }

    private List<Variant> inOrder() {
        Comparator<Variant> bySize = Comparator.comparingLong(picture -> (long) picture.width() * picture.height());
        List<Variant> order = new ArrayList<>(pictures);
        order.sort(bySize.reversed());
        order.stream()
                .filter(this::isStart)
                .findFirst()
                .or(() -> order.reversed().stream().findFirst())
                .ifPresent(first -> {
                    order.remove(first);
                    order.addFirst(first);
                });
        return order;
    }

    private boolean isStart(Variant picture) {
        return start == null ? picture.lines() <= START_LINES : picture.name().equals(start);
    }
}
