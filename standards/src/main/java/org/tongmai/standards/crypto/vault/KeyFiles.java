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

    private KeyFiles() {}

    /**
     * A folder: {@code <id>.pem} holds a private key (SM2 or RSA, see {@link PemKeys}), {@code <id>.sm4} an SM4 key in 32
     * hexadecimal digits, {@code <id>.hmac} a key of HMAC-SM3 in at least as many. Other files are passed over.
     *
     * @param password of the keys that are encrypted; empty for none
     * @throws CodedException {@link CryptoError#KEY_UNREADABLE} and others, naming the file
     */
    public static LocalKeyVault folder(Path folder, char[] password) {
        Map<String, LocalKeyVault.StoredKey> keys = new TreeMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*{" + PEM + "," + SM4 + "," + HMAC + "}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String id = name.substring(0, name.lastIndexOf('.'));
                if (keys.put(id, read(id, file, password)) != null) {
                    throw new CodedException(Issue.of(CryptoError.KEY_UNREADABLE, name, "another file has this id"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalKeyVault(keys);
    }

    /**
     * A key store PKCS#12 (RFC 7292), each private key under its alias. BouncyCastle reads it, for the JDK knows no SM2.
     *
     * @throws CodedException {@link CryptoError#PASSWORD_WRONG}, {@link CryptoError#KEY_UNREADABLE}
     */
    public static LocalKeyVault pkcs12(Path file, char[] password) {
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
        }
        return new LocalKeyVault(keys);
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
