package org.tongmai.routes.engine.gateway.chain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.ownership.OwnershipCheck;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.rules.UserRule;
import org.tongmai.routes.engine.gateway.user.User;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.patientindex.PersonIdentifier;

/**
 * What a service asks of users, in order: who is it, may that user call, is what is asked for theirs; and of the answer the
 * last again (用户鉴权, 防用户越权访问).
 */
final class UserGuard implements AnswerGuard {
    static final String USER_FIELD = "X-Tongmai-User";

    private final Service service;
    private final UserTokens.Known provider;
    private final Surroundings around;
    private final Throttle ofUser;
    private final DeniedUsers denied;
    private final OwnershipCheck ownership;
    private final boolean learns;

    /** @param provider null when it is suspended */
    UserGuard(Service service, UserTokens.Known provider, Surroundings around, Throttle ofUser) {
        OwnershipRule rule = service.access().ownership();
        this.service = service;
        this.provider = provider;
        this.around = around;
        this.ofUser = ofUser;
        this.denied = provider == null ? null : new DeniedUsers(provider, around.pseudonyms());
        this.learns = rule != null && rule.mode() == OwnershipRule.Mode.LEARN;
        this.ownership = rule == null || learns ? null : new OwnershipCheck(rule, service.path(), around.owners());
    }

    /** Who it is and may that user call. */
    CompletableFuture<Void> known(Passage passage) {
        return user(passage).thenAccept(user -> {
            passage.user(user); // first, so that the record of a refusal says who it was
            require(user);
            count(passage); // what is refused later counts too: who guesses whose data there is guesses slowly
        });
    }

    /** Is what is asked for theirs; a description is nobody's. */
    CompletableFuture<Void> owned(Passage passage) {
        return ownership == null || passage.service().describes(passage.received())
                ? CompletableFuture.completedFuture(null)
                : ownership.call(passage.read(), passage.user().subject());
    }

    /**
     * Who it is and may that user call, by the head alone; waits for nothing.
     *
     * @throws CodedException of the token, or {@link GatewayError#PROVIDER_AWAY} while the provider is asked about it
     */
    void admitHead(Passage passage) {
        CompletableFuture<User> user = user(passage);
        if (!user.isDone()) {
            throw new Refused(
                    GatewayError.PROVIDER_AWAY, service.access().user().provider(), "is asked");
        }
        try {
            require(user.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof CodedException coded
                    ? coded
                    : new CodedException(
                            Issue.of(
                                    GatewayError.PROVIDER_AWAY,
                                    service.access().user().provider(),
                                    FailureFacts.place(e.getCause())),
                            e);
        }
    }

    private CompletableFuture<User> user(Passage passage) {
        if (provider == null) {
            throw new Refused(
                    GatewayError.TOKEN_INVALID, service.access().user().provider(), "suspended");
        }
        return provider.user(passage.received());
    }

    private void require(User user) {
        denied.admit(user);
        UserRule rule = service.access().user();
        UserTokens.require(user, rule.scopes(), rule.roles());
    }

    void count(Passage passage) {
        ofUser.take(passage.user().subject().token(), "user");
    }

    /** The token stays here; who the user is goes on. */
    HttpCall forwarded(Passage passage, HttpCall call) {
        HttpCall without = call.with(call.fields()
                .only(name -> !name.equalsIgnoreCase(provider.field()))
                .with(USER_FIELD, passage.user().subject().token()));
        return ownership == null ? without : ownership.forwarded(without);
    }

    @Override
    public CompletableFuture<HttpAnswer> answer(Passage passage, HttpAnswer answer) {
        PersonIdentifier subject = passage.user().subject();
        if (learns) {
            around.observations().saw(service, passage.forwarded(), answer, subject);
        }
        return ownership == null ? CompletableFuture.completedFuture(answer) : ownership.answer(answer, subject);
    }
}
