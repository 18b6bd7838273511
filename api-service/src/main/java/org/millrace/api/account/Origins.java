package org.millrace.api.account;

import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which names this server has, and which pages are its own. Pure functions over request headers. */
final class Origins {

    private static final String ANY = "*";

    private final Set<String> allowed;

    /** With these host names, without ports, or {@code *}. */
    Origins(Set<String> allowedHosts) {
        this.allowed = allowedHosts.stream().map(Origins::bare).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a request that names this host means this server; null, for a request that names none, does not. */
    boolean isAllowed(HostAndPort host) {
        return host != null && (allowed.contains(ANY) || allowed.contains(bare(host.host())));
    }

    /**
     * Whether a host is an address and no name. A site can let a name of its own lead here (DNS rebinding) to read
     * what this server says; an address cannot be made to lead elsewhere.
     */
    static boolean isAddress(HostAndPort host) {
        if (host == null) {
            return false;
        }
        String name = bare(host.host());
        return name.indexOf(':') >= 0 || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /**
     * Whether an {@code Origin} header names the very host and port that the request was sent to. The scheme does not
     * count: a proxy may have taken TLS off.
     */
    static boolean isOwn(String origin, HostAndPort host) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (host == null || uri.getHost() == null || uri.getScheme() == null) {
            return false;
        }
        int usual = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        int theirs = uri.getPort() < 0 ? usual : uri.getPort();
        int ours = host.port() < 0 ? usual : host.port();
        return theirs == ours && bare(uri.getHost()).equals(bare(host.host()));
    }

    /** Lower case, without the brackets of IPv6. */
    private static String bare(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
