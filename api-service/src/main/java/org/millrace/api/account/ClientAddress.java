package org.millrace.api.account;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who asks, as far as an address tells. Behind a proxy that the settings trust it is the one the proxy names; of anybody
 * else the server takes no word for it.
 */
final class ClientAddress {

    private static final int NETWORK = 8;

    private ClientAddress() {}

    /** A word for a client: an IPv4 address, or the network of an IPv6 address, all of which belongs to one client. */
    static String of(SocketAddress address) {
        return address == null
                ? ""
                : of(String.valueOf(address.hostAddress() == null ? address.host() : address.hostAddress()));
    }

    /** The same for an address as text. */
    static String of(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length == 4) {
            return address;
        }
        return isMapped(bytes)
                ? NetUtil.bytesToIpAddress(Arrays.copyOfRange(bytes, 12, 16))
                : HexFormat.of().formatHex(bytes, 0, NETWORK) + "::/64";
    }

    /** An IPv4 address in the clothes of an IPv6 one. */
    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
