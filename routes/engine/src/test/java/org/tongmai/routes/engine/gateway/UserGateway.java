package org.tongmai.routes.engine.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations;

/** A node with a user gateway, a service behind it, an identity provider beside it, and a family the index knows. */
final class UserGateway implements AutoCloseable {
    static final byte[] SHARED = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    static final Sm2PrivateKey APPLICATION = Sm2PrivateKey.generate();
    static final RSAKey RSA = rsa("rsa-1");
    static final ECKey EC = ec("ec-1");

    final TestDatabase database = new TestDatabase();
    final Backend backend = new Backend();
    final Backend provider = new Backend();
    final Family family = new Family();
    final GatewayNode node;
    final AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(RSA.toPublicJWK()));

    UserGateway() throws Exception {
        provider.answers =
                (exchange, body) -> Backend.reply(exchange, 200, published.get().toString());
        node = new GatewayNode(
                database.dataSource(),
                new GatewayRegistry.Place("users", Set.of()),
                new UserTokens(id -> id.equals("channel") ? SHARED : null, Clock.systemUTC()),
                family);
        node.registry.publish(rules(), 0, "users", "test");
    }

    /** Whose identifiers are whose, and who looks after whom; {@code away} as long as it can not be asked. */
    static final class Family implements PersonRelations {
        private static final Map<String, String> BEARERS = Map.of(
                "110101198503070023", "mother",
                "p-mother", "mother",
                "110101201503070017", "child",
                "p-child", "child",
                "110101198203070015", "father",
                "p-father", "father",
                "11010119900307451X", "stranger",
                "p-stranger", "stranger");

        volatile boolean away;

        @Override
        public Map<Question, Relation> relate(Collection<Question> questions) {
            if (away) {
                throw new Refused(GatewayError.REGISTRY_AWAY, "", "test");
            }
            Map<Question, Relation> answers = new HashMap<>();
            questions.forEach(each -> answers.put(each, relation(person(each.subject()), person(each.other()))));
            return answers;
        }

        private static String person(PersonIdentifier identifier) {
            boolean fits = identifier.system().equals(PersonIdentifier.PATIENT)
                    == identifier.value().startsWith("p-");
            return fits ? BEARERS.getOrDefault(identifier.value(), "") : "";
        }

        private static Relation relation(String subject, String other) {
            if (subject.isEmpty() || other.isEmpty()) {
                return Relation.NONE;
            }
            return subject.equals(other)
                    ? Relation.SAME
                    : subject.equals("mother") && other.equals("child") ? Relation.GUARDIAN : Relation.NONE;
        }
    }

    void publish(String rules) {
        node.registry.publish(rules, node.registry.publications(1).get(0).revision(), "", "test");
    }

    String rules() {
        try (InputStream in = UserGateway.class.getResourceAsStream("user-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("@PROVIDER@", provider.url())
                    .replace("@KEYS@", new JWKSet(EC.toPublicJWK()).toString().replace("\"", "\\\""))
                    .replace("@KEY@", PemKeys.write(APPLICATION.publicKey()).replace("\n", "\\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request of somebody with a good token. */
    HttpRequest.Builder as(String identityNumber, String target) {
        return request(target)
                .header("Authorization", "Bearer " + Tokens.good(identityNumber).signed(EC));
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(SignedCaller.uri(node.user, target));
    }

    static String outcome(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 2 ? "pass" : SignedCaller.code(answer);
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        node.close();
        backend.close();
        provider.close();
        database.close();
    }
}
