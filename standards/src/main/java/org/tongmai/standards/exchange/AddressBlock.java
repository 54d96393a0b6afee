package org.tongmai.standards.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A block of IP addresses (RFC 4632, RFC 4291).
 *
 * @param network bytes of the first address
 * @param bits how many of them count
 */
public record AddressBlock(byte[] network, int bits) {
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    /** Digits, so that nothing is asked of a name server; none that some read as octal. */
    private static final Pattern NUMERIC =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /** Whether the text is an address or a block of them. */
    public static boolean isOne(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @param text {@code 10.0.0.0/8}, {@code 10.1.2.3}, {@code fd00::/8}
     * @throws IllegalArgumentException when it is none of these
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        int all = network.length * Byte.SIZE;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("block: " + bits + " bits (expected: 0 to " + all + ")");
        }
        return new AddressBlock(network, bits);
    }

    /**
     * Bytes of a numeric address; one of IPv4 in the clothes of IPv6 becomes one of IPv4.
     *
     * @throws IllegalArgumentException when it is not numeric
     */
    public static byte[] bytes(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!NUMERIC.matcher(plain).matches()) {
            throw new IllegalArgumentException("address: not numeric");
        }
        try {
            return InetAddress.getByName(plain).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: not numeric", e);
        }
    }

    /** What counts as one sender: an address of IPv4; of IPv6 its network of 64 bits, for one host may have all of that. */
    public static String sender(byte[] address) {
        return HexFormat.of().formatHex(address, 0, Math.min(address.length, IPV6_NETWORK_BYTES));
    }

    /** The same of an address as it is written. */
    public static String sender(String address) {
        try {
            return sender(bytes(address));
        } catch (IllegalArgumentException e) {
            return address; // no number: it counts for itself
        }
    }

    /** Whether an address lies in the block. */
    public boolean holds(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ network[whole]) & (0xff << (Byte.SIZE - rest)) & 0xff) == 0;
    }
}
