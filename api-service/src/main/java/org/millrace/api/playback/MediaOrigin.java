package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.millrace.api.account.ForeignOrigin;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.setting.SettingException;
import org.millrace.store.MediaStore;

/** The server that players are sent to for tracks: a content delivery network, or else the store. */
@ApplicationScoped
class MediaOrigin implements ForeignOrigin {

    private static final ObjectKey ANY = new ObjectKey("v");

    private final PlaybackConfig config;
    private final MediaStore store;

    MediaOrigin(PlaybackConfig config, MediaStore store) {
        this.config = config;
        this.store = store;
    }

    /**
     * {@inheritDoc}
     *
     * @throws SettingException if the base URL of the network is none
     */
    @Override
    public Optional<String> origin() {
        if (config.cdnBaseUrl().isPresent()) {
            return config.cdnBaseUrl().map(MediaOrigin::checked).map(MediaOrigin::of);
        }
        return config.redirectToStore()
                ? store.presignGet(ANY, Catalogue.MEMORY).map(MediaOrigin::of)
                : Optional.empty();
    }

    /** The address of an object below a base URL, with or without a slash at its end. */
    static URI below(URI base, ObjectKey object) {
        String text = base.toString();
        return URI.create(text + (text.endsWith("/") ? "" : "/") + object.value());
    }

    private static URI checked(URI base) {
        boolean web = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
        if (!web || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new SettingException(
                    "“" + base + "” is not the beginning of an address, such as https://cdn.example/media."
                            + " Setting: millrace.playback.cdn-base-url (MILLRACE_PLAYBACK_CDN_BASE_URL)");
        }
        return base;
    }

    private static String of(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
