package org.tongmai.routes.engine.gateway.key;

import java.util.List;
import java.util.function.Function;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.vault.KeyVault;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Several places where keys lie as one: a key is that of the first that has it. */
public final class GatewayKeys implements KeyVault {
    private final List<KeyVault> places;

    public GatewayKeys(List<KeyVault> places) {
        this.places = List.copyOf(places);
    }

    @Override
    public byte[] wrap(String keyId, byte[] dataKey) {
        return first(keyId, place -> place.wrap(keyId, dataKey));
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        return first(keyId, place -> place.unwrap(keyId, wrapped));
    }

    @Override
    public Signer signer(String keyId) {
        return first(keyId, place -> place.signer(keyId));
    }

    /** A place that does not answer is no reason against a key that lies in another, but one to ask again. */
    private <T> T first(String keyId, Function<KeyVault, T> asked) {
        CodedException away = null;
        for (KeyVault place : places) {
            try {
                return asked.apply(place);
            } catch (CodedException e) {
                if (e.code().retryable()) {
                    away = e;
                } else if (e.code() != CryptoError.KEY_UNKNOWN) {
                    throw e;
                }
            }
        }
        throw away == null ? new CodedException(Issue.of(CryptoError.KEY_UNKNOWN, "", keyId)) : away;
    }
}
