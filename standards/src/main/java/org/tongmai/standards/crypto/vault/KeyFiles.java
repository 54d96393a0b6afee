package org.tongmai.standards.crypto.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads keys of files into a {@link LocalKeyVault}. Files of the wrong kind and keys of the wrong curve are refused. */
public final class KeyFiles {
    private static final String PEM = ".pem";
    private static final String SM4 = ".sm4";
    private static final String HMAC = ".hmac";
    private static final String PKCS12 = ".p12";
    private static final String PASSWORD = ".password";

    private KeyFiles() {}

    /**
     * A folder: {@code <id>.pem} holds a private key (SM2 or RSA, see {@link PemKeys}), {@code <id>.sm4} an SM4 key in 32
     * hexadecimal digits, {@code <id>.hmac} a key of HMAC-SM3 in at least as many, {@code <name>.p12} is a key store (see
     * {@link #pkcs12}) whose password is the first line of {@code <name>.password}, where there is one. Other files are
     * passed over.
     *
     * @param password of the keys that are encrypted, and of key stores without one of their own; empty for none
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE} and others, naming the file
     */
    public static LocalKeyVault folder(Path folder, char[] password) {
        Map<String, LocalKeyVault.StoredKey> keys = new TreeMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*{" + PEM + "," + SM4 + "," + HMAC + "," + PKCS12 + "}")) {
            for (Path file : files) {
                for (Map.Entry<String, LocalKeyVault.StoredKey> key :
                        keys(file, password).entrySet()) {
                    if (keys.put(key.getKey(), key.getValue()) != null) {
                        throw new CodedException(Issue.of(
                                CryptoError.KEY_UNREADABLE,
                                file.getFileName().toString(),
                                "another file has the id " + key.getKey()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalKeyVault(keys);
    }

    private static Map<String, LocalKeyVault.StoredKey> keys(Path file, char[] password) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.'));
        if (!name.endsWith(PKCS12)) {
            return Map.of(stem, read(stem, file, password));
        }
        Path own = file.resolveSibling(stem + PASSWORD);
        try (Stream<String> lines = Files.exists(own) ? Files.lines(own) : Stream.empty()) {
            return stored(
                    file,
                    lines.findFirst().map(line -> line.strip().toCharArray()).orElse(password));
        }
    }

    /**
     * A key store PKCS#12 (RFC 7292), each private key under its alias. BouncyCastle reads it, for the JDK knows no SM2.
     *
     * @throws CodedException {@link CryptoError#PASSWORD_WRONG}, {@link CryptoError#KEY_UNREADABLE}
     */
    public static LocalKeyVault pkcs12(Path file, char[] password) {
        return new LocalKeyVault(stored(file, password));
    }

    private static Map<String, LocalKeyVault.StoredKey> stored(Path file, char[] password) {
        Map<String, LocalKeyVault.StoredKey> keys = new TreeMap<>();
        String name = file.getFileName().toString();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.getKey(alias, password);
                if (key != null) {
                    keys.put(alias, stored(key.getEncoded()));
                }
            }
        } catch (UnrecoverableKeyException e) {
            throw new CodedException(Issue.of(CryptoError.PASSWORD_WRONG, name, ""), e);
        } catch (IOException e) { // BouncyCastle says so of a wrong password and of a broken file
            boolean password12 = String.valueOf(e.getMessage()).contains("wrong password");
            throw new CodedException(
                    Issue.of(password12 ? CryptoError.PASSWORD_WRONG : CryptoError.KEY_UNREADABLE, name, ""), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, name, "not PKCS#12"), e);
        } catch (CodedException e) { // of a key, which does not know its file
            Issue issue = e.issues().get(0);
            throw new CodedException(Issue.of(issue.code(), name, issue.detail()), e);
        }
        return keys;
    }

    private static LocalKeyVault.StoredKey read(String id, Path file, char[] password) throws IOException {
        String text = Files.readString(file).strip();
        try {
            if (file.toString().endsWith(SM4)) {
                return LocalKeyVault.stored(id, Sm4Key.of(HexFormat.of().parseHex(text)));
            }
            if (file.toString().endsWith(HMAC)) {
                return LocalKeyVault.stored(id, HmacSm3Key.of(HexFormat.of().parseHex(text)));
            }
            return stored(PemKeys.privateKeyInfo(text, password));
        } catch (CodedException e) {
            Issue issue = e.issues().get(0);
            throw new CodedException(Issue.of(issue.code(), file.getFileName().toString(), issue.detail()), e);
        } catch (IllegalArgumentException e) {
            throw new CodedException(
                    Issue.of(
                            CryptoError.KEY_UNREADABLE,
                            file.getFileName().toString(),
                            file.toString().endsWith(PEM) ? "expected PKCS#8 or SEC 1" : "expected hexadecimal digits"),
                    e);
        }
    }

    private static LocalKeyVault.StoredKey stored(byte[] privateKeyInfo) {
        boolean rsa = PrivateKeyInfo.getInstance(privateKeyInfo)
                .getPrivateKeyAlgorithm()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.rsaEncryption);
        return rsa
                ? LocalKeyVault.stored(RsaPrivateKey.of(privateKeyInfo))
                : LocalKeyVault.stored(Sm2PrivateKey.of(privateKeyInfo));
    }
}
