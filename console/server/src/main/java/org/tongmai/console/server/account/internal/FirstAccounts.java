package org.tongmai.console.server.account.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.FirstPasswords;
import org.tongmai.console.server.account.Role;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Creates one account a role at the first start that knows the role, each with a random password, and writes the
 * passwords once into a file only its owner can read. The file is complete before the accounts are committed: a crash
 * between the two leaves no account without a known password.
 */
public final class FirstAccounts {
    static final String FILE = "first-passwords.txt";
    private static final String HEAD =
            "# First passwords of Tongmai. Written once; change them, then delete this file.\n";

    private static final List<Role> ROLES = List.of(
            Role.ADMINISTRATOR,
            Role.SECURITY_ADMINISTRATOR,
            Role.AUDIT_ADMINISTRATOR,
            Role.ENGINEER,
            Role.OPERATOR,
            Role.VIEWER,
            Role.SERVICE,
            Role.SENDER);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final PasswordEncoder encoder;
    private final RandomPasswords random = new RandomPasswords();

    public FirstAccounts(JdbcClient jdbc, TransactionTemplate transactions, PasswordEncoder encoder) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.encoder = encoder;
    }

    /** Creates the accounts that are not there: all, or those of roles that are newer than the database. */
    public FirstPasswords create(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE).toAbsolutePath();
        return transactions.execute(status -> {
            jdbc.sql("lock table console.account in exclusive mode").update();
            Set<String> names = jdbc.sql("select name from console.account")
                    .query(String.class)
                    .set();
            List<Role> missing =
                    ROLES.stream().filter(role -> !names.contains(nameOf(role))).toList();
            Map<String, String> passwords = new LinkedHashMap<>();
            missing.forEach(role -> passwords.put(nameOf(role), random.next()));
            // side by side: hashing is slow on purpose, and who starts the platform waits for it
            List<String> hashes = missing.parallelStream()
                    .map(role -> encoder.encode(passwords.get(nameOf(role))))
                    .toList();
            for (int i = 0; i < missing.size(); i++) {
                insert(missing.get(i), hashes.get(i));
            }
            if (!passwords.isEmpty()) {
                write(file, passwords);
            }
            return new FirstPasswords(file, !passwords.isEmpty());
        });
    }

    private void insert(Role role, String hash) {
        jdbc.sql("insert into console.account (name, password_hash, roles) values (?, ?, ?)")
                .param(nameOf(role))
                .param(hash)
                .param(AccountRows.words(Set.of(role)))
                .update();
    }

    private static String nameOf(Role role) {
        return AccountRows.canonical(role.name()).replace('_', '-');
    }

    private static void write(Path file, Map<String, String> passwords) {
        try {
            StringBuilder text = new StringBuilder(HEAD);
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                // Those of before stay while they are there; one of an account that was not committed is void.
                if (!line.startsWith("#") && !passwords.containsKey(line.split(" ")[0])) {
                    text.append(line).append('\n');
                }
            }
            passwords.forEach((name, password) ->
                    text.append(name).append(' ').append(password).append('\n'));
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(FILE + ".new");
            Files.deleteIfExists(draft);
            createPrivate(draft);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text.toString()));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new CodedException(
                    Issue.of(
                            ConsoleError.FIRST_PASSWORDS,
                            FILE,
                            failure.getClass().getSimpleName()),
                    failure);
        }
    }

    private static void createPrivate(Path draft) throws IOException {
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(draft);
        }
    }
}
