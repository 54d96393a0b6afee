package org.tongmai.standards.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reverse proxies that are believed when they say for whom they call ({@code X-Forwarded-For}); the one definition of
 * where a call comes from. Nobody else is believed: whoever calls can write the field.
 */
public final class TrustedProxies {
    /** The field proxies add the address of their own peer to. */
    public static final String FIELD = "X-Forwarded-For";

    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** A block that is wider is no list of proxies. */
    private static final int FEWEST_BITS = 8;

    private final List<AddressBlock> blocks;

    private TrustedProxies(List<AddressBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * @param blocks addresses, or blocks of them of 8 bits or more
     * @throws IllegalArgumentException where one is not
     */
    public static TrustedProxies of(List<String> blocks) {
        if (blocks.isEmpty()) {
            return NONE;
        }
        for (String block : blocks) {
            if (!isOne(block)) {
                throw new IllegalArgumentException("trusted proxies: " + block + " (expected: addresses or blocks of /"
                        + FEWEST_BITS + " or more)");
            }
        }
        return new TrustedProxies(blocks.stream().map(AddressBlock::parse).toList());
    }

    /** Whether a text can be one of the blocks. */
    public static boolean isOne(String block) {
        return AddressBlock.isOne(block) && AddressBlock.parse(block).bits() >= FEWEST_BITS;
    }

    /** @param peer numeric address of who is connected */
    public boolean trusts(String peer) {
        return !blocks.isEmpty() && holds(AddressBlock.bytes(peer));
    }

    /**
     * Who calls: the right-most address that is no trusted proxy's, where the peer is one; the farthest where all are. What
     * stands left of it was said by nobody who is trusted, and is not read. A proxy that says nothing calls for itself.
     *
     * @param peer numeric address of who is connected
     * @param fields the values of every {@link #FIELD}, in order
     * @return the address, numeric; empty where a trusted proxy says something else than one
     */
    public Optional<String> caller(String peer, List<String> fields) {
        if (fields.isEmpty() || !trusts(peer)) {
            return Optional.of(peer);
        }
        List<String> hops = new ArrayList<>();
        fields.forEach(field -> hops.addAll(List.of(field.split(",", -1))));
        byte[] farthest = null;
        for (int i = hops.size() - 1; i >= 0; i--) {
            farthest = address(hops.get(i).strip());
            if (farthest == null || !holds(farthest)) {
                break;
            }
        }
        return Optional.ofNullable(farthest).map(TrustedProxies::text);
    }

    private boolean holds(byte[] address) {
        return blocks.stream().anyMatch(block -> block.holds(address));
    }

    /** Without port, brackets, name or zone: what is not plain is not guessed. */
    private static byte[] address(String hop) {
        try {
            return hop.contains("%") ? null : AddressBlock.bytes(hop);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** One text for one address, however it was written. */
    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
