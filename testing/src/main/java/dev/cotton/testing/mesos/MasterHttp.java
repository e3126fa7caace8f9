package dev.cotton.testing.mesos;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a master answers at which path: redirects of those that do not lead, authentication, the APIs. */
final class MasterHttp {
    private final Master master;
    private final SchedulerApi scheduler;
    private final OperatorApi operator;

    MasterHttp(Master master) {
        this.master = master;
        this.scheduler = new SchedulerApi(master);
        this.operator = new OperatorApi(master);
    }

    /** Called on the threads of connections. */
    WebReply answer(WebRequest request) {
        return master.cluster.loop().ask(() -> answerInLoop(request));
    }

    private WebReply answerInLoop(WebRequest request) {
        String path = request.path().replaceFirst("^/master(?=/)", "");
        boolean scheduling = path.equals("/api/v1/scheduler");
        Optional<String> principal = scheduling ? principal(request) : Optional.empty();
        if (scheduling && !master.options.credentials().isEmpty() && principal.isEmpty()) {
            return WebReply.text(401, "401 Unauthorized.")
                    .with("WWW-Authenticate", "Basic realm=\"mesos-master-scheduler\"");
        }
        if (path.equals("/health")) {
            return WebReply.empty(200);
        }
        if (path.equals("/redirect") || !master.isElected()) {
            return redirect(path.equals("/redirect") ? "" : "/master" + path);
        }
        if (master.isRecovering()) {
            return WebReply.text(503, "Master has not finished recovery");
        }
        return scheduling ? scheduler.answer(request, principal) : operator.answer(request, path);
    }

    private WebReply redirect(String path) {
        return master.cluster
                .leadingAddress()
                .map(leader -> WebReply.empty(307).with("Location", "//" + leader + path))
                .orElseGet(() -> WebReply.text(503, "No leader elected"));
    }

    private Optional<String> principal(WebRequest request) {
        String[] words = request.header("authorization").orElse("").split(" ", 2);
        if (words.length < 2 || !words[0].equals("Basic")) {
            return Optional.empty();
        }
        try {
            String decoded = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
            String[] pair = decoded.split(":", 2);
            return pair.length == 2
                            && pair[1].equals(master.options.credentials().get(pair[0]))
                    ? Optional.of(pair[0])
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
